// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamIdsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    publish:studio                                | PUBLISH | studio    | ''
                    publish:studio:user:secret                    | PUBLISH | studio    | secret
                    publish:studio:user:secret:a=b                | PUBLISH | studio    | secret
                    publish:studio:token=secret                   | PUBLISH | studio    | secret
                    read:studio                                   | PLAY    | studio    | ''
                    read:studio:user:secret                       | PLAY    | studio    | secret
                    publish:/live/x?token=secret                  | PUBLISH | live/x    | secret
                    subscribe:/live/x                             | PLAY    | live/x    | ''
                    /live/x                                       | PLAY    | live/x    | ''
                    publish/studio                                | PUBLISH | studio    | ''
                    publish/studio/secret                         | PUBLISH | studio    | secret
                    play/studio/secret                            | PLAY    | studio    | secret
                    uplive.sls.com/live/x                         | PUBLISH | live/x    | ''
                    live.sls.com/live/x                           | PLAY    | live/x    | ''
                    input/live/x                                  | PUBLISH | live/x    | ''
                    output/live/x                                 | PLAY    | live/x    | ''
                    '#!::r=live/x,m=publish'                        | PUBLISH | live/x    | ''
                    '#!::r=/live/x,m=request'                       | PLAY    | live/x    | ''
                    '#!::h=vhost,r=app/x'                           | PLAY    | app/x     | ''
                    '#!::m=publish,r=x,u=me,s=secret'               | PUBLISH | x         | secret
                    '#!::bmd_uuid=7,bmd_name=Web 1,m=publish,r=x'   | PUBLISH | x         | ''
                    '#!::m=request,r=x#feedbackplay'                | PLAY    | x         | ''
                    read:x#feedbackplay                           | PLAY    | x         | ''
                    WebRTCApp/x                                   | PLAY    | WebRTCApp/x | ''
                    id.stream,mode:publish,token:secret           | PUBLISH | id.stream | secret
                    id.stream,mode:request,token:secret           | PLAY    | id.stream | secret
                    PUBLISH:x                                     | PUBLISH | x         | ''
                    Publish/x/secret                              | PUBLISH | x         | secret
                    live/x?m=publish                              | PUBLISH | live/x    | ''
                    live/x?mode=publish&token=secret              | PUBLISH | live/x    | secret
                    '#!::r=live/x?token=secret,m=publish'           | PUBLISH | live/x    | secret
                    srt://127.0.0.1:9999/app/x                    | PLAY    | app/x     | ''
                    srt%3A%2F%2F127.0.0.1%3A9999%2Fapp%2Fx        | PLAY    | app/x     | ''
                    """)
    void readsEverySpelling(String id, Role role, String name, String token) throws Exception {
        assertThat(StreamIds.parse(id, Role.PLAY)).isEqualTo(new StreamRequest(role, name, token));
    }

    @Test
    void aBareNameHasTheRoleOfItsPort() throws Exception {
        assertThat(StreamIds.parse("App/x", Role.PUBLISH)).isEqualTo(new StreamRequest(Role.PUBLISH, "App/x", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                            | 1400
                    /                             | 1400
                    publish:                      | 1400
                    publish:?token=x              | 1400
                    '#!::m=publish'                 | 1400
                    '#!::r=x,m=publish,r=y'         | 1400
                    '#!::publish'                   | 1400
                    ,,,                           | 1400
                    srt://127.0.0.1:9999          | 1400
                    srt%3A%2F%zz                  | 1400
                    '#!:{...}'                      | 1400
                    '#!r=x,m=publish'               | 1400
                    'x,m=publish'                   | 1400
                    read:x?m=publish              | 1400
                    live/x?m=both                 | 1405
                    publish:two words             | 1400
                    '#!::r=x,m=bidirectional'       | 1405
                    '#!::r=x,m=watch'               | 1405
                    '#!::r=x,t=file,m=publish'      | 1405
                    x,mode:idle                   | 1405
                    """)
    void refusesWhatMakesNoSense(String id, int code) {
        assertThat(refusal(id)).isEqualTo(code);
    }

    @Test
    void refusesControlCharactersAndBrokenUtf8AndLongNames() {
        assertThat(refusal("publish:a\u0007b")).isEqualTo(1400);
        assertThat(refusal("publish:a\uFFFDb")).isEqualTo(1400);
        for (char invisible : "\u00a0\u061c\u200b\u200e\u202e\u2028\u2066\ufeff\ud800".toCharArray()) {
            assertThat(refusal("publish:a" + invisible + "b"))
                    .as("%04x", (int) invisible)
                    .isEqualTo(1400);
        }
        assertThat(refusal("publish:" + "x".repeat(504))).isEqualTo(1400);
    }

    private static int refusal(String id) {
        return catchThrowableOfType(StreamIdException.class, () -> StreamIds.parse(id, Role.PLAY))
                .reason()
                .code();
    }
}
