// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdsTest {
    private static final String[] PARTS = ("#!::|r=x|m=publish|M=request|h=a/b|s=t|secret=t|publish:|read:|/|x|?"
                    + "|,|:|=|&|token=t|mode:publish|token:t|%3A|%|%FF|srt://|srt%3A%2F%2F|uplive.|#feedbackplay"
                    + "|\u202e|\ud800|\0|\n| |t=file|publish|\u00fc")
            .split("\\|");

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
                    srt%3A%2F%2Fh%2Fapp%2Fa+b                     | PLAY    | app/a+b   | ''
                    '#!::h=app/x,m=publish'                         | PUBLISH | app/x     | ''
                    '#!::h=srs.example.org/app/x,m=publish'         | PUBLISH | app/x     | ''
                    '#!::h=app/x?secret=abc,m=publish'              | PUBLISH | app/x     | abc
                    '#!::r=live/x,m=publish,secret=abc'             | PUBLISH | live/x    | abc
                    '#!::r=live/x?secret=abc,m=publish'             | PUBLISH | live/x    | abc
                    '#!::R=live/x,M=publish,S=abc'                  | PUBLISH | live/x    | abc
                    '#!::r=live/x, m=publish'                       | PUBLISH | live/x    | ''
                    '#!::r=live/x,mode=publish'                     | PUBLISH | live/x    | ''
                    '#!::r=live/x?m=publish'                        | PUBLISH | live/x    | ''
                    '#!::r=live/x,t=STREAM,m=read'                  | PLAY    | live/x    | ''
                    '%23!::r=live/x,m=publish'                      | PUBLISH | live/x    | ''
                    publish%3Ax                                   | PUBLISH | x         | ''
                    /publish/x                                    | PUBLISH | x         | ''
                    publish:x:u:a:b                               | PUBLISH | x         | a:b
                    publish:x:u:a:b:c=d                           | PUBLISH | x         | a:b
                    publish:x:u:abc==                             | PUBLISH | x         | abc==
                    publish:x?token=a:b                           | PUBLISH | x         | a:b
                    publish:x:token=a:b                           | PUBLISH | x         | a:b
                    publish:x?user=u&pass=secret                  | PUBLISH | x         | secret
                    publish/x?token=secret                        | PUBLISH | x         | secret
                    publish/x/a/b?c                               | PUBLISH | x         | a/b?c
                    live/x?token=a:b                              | PLAY    | live/x    | a:b
                    live/x?M=publish                              | PUBLISH | live/x    | ''
                    x,MODE:publish,token:a:b                      | PUBLISH | x         | a:b
                    x,m:publish                                   | PUBLISH | x         | ''
                    uplive.example.org/live/x                     | PUBLISH | live/x    | ''
                    """)
    void readsEverySpelling(String id, Role role, String name, String token) throws Exception {
        StreamRequest read = StreamIds.parse(id, Role.PLAY);
        assertThat(new StreamRequest(read.role(), read.name(), read.token()))
                .isEqualTo(new StreamRequest(role, name, token));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    publish:studio                    | ''
                    publish:studio:me:secret          | me
                    publish:studio::secret            | ''
                    publish:x?user=me&pass=secret     | me
                    publish:x:user=me                 | me
                    '#!::m=publish,r=x,u=me,s=secret' | me
                    '#!::m=publish,r=x,U=me'          | me
                    '#!::r=live/x?user=me,m=publish'  | me
                    '#!::r=x,user=a:b,m=publish'      | a:b
                    live/x?m=publish&u=me             | me
                    x,mode:publish,user:me            | me
                    x?user=you,mode:publish,user:me   | me
                    publish/x?user=me                 | me
                    publish/x/user=me                 | ''
                    uplive.example.org/live/x?u=me    | me
                    """)
    void readsTheNameOfTheUser(String id, String user) throws Exception {
        assertThat(StreamIds.parse(id, Role.PLAY).user()).isEqualTo(user);
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
                    '#!::r=x,m=publish,m=request'   | 1400
                    '#!::r=x,m=publish,M=publish'   | 1400
                    '#!::r=x?m=publish,m=request'   | 1400
                    '#!::r=x,action=publish'        | 1400
                    '#!::r=x&m=publish'             | 1400
                    '#!::r=x;m=publish'             | 1400
                    '#!::h=vhost,m=publish'         | 1400
                    'm=publish,r=x'                 | 1400
                    '!::r=x,m=publish'              | 1400
                    'x,mode=publish'                | 1400
                    'x,publish'                     | 1400
                    x?publish                     | 1400
                    x?action=publish              | 1400
                    x?m=publish&m=request         | 1400
                    x?token=a&TOKEN=b             | 1400
                    x&m=publish                   | 1400
                    x;m=publish                   | 1400
                    pub:x                         | 1400
                    publish :x                    | 1400
                    publish                       | 1400
                    /publish                      | 1400
                    {"m":"publish","r":"x"}       | 1400
                    x%3Dy                         | 1400
                    x%                            | 1400
                    uplive.example.org            | 1400
                    """)
    void refusesWhatMakesNoSense(String id, int code) {
        assertThat(refusal(id)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!::r=x,m=publish?secret=topsecret",
                "#!::r=x,m=publish,t=stream?secret=topsecret",
                "#!::r=x,m=topsecret123",
                "x,mode:publish?token=topsecret",
                "x?m=publish?token=topsecret",
                "#!::r=x%3Fsecret=topsecret,m=publish",
                "publish:x%3fTOKEN%3Dtopsecret",
                "publish:x&token=topsecret",
                "publish:x;s=topsecret",
                "publish:token=topsecret",
                "publish/pass=topsecret",
                "#!::m=publish,r=x&secret=topsecret"
            })
    void aTokenInTheWrongPlaceIsNeitherANameNorInTheMessage(String id) {
        StreamIdException refused = catchThrowableOfType(StreamIdException.class, () -> StreamIds.parse(id, Role.PLAY));

        assertThat(refused).isNotNull();
        assertThat(refused.getMessage())
                .doesNotContain("topsecret123", "=topsecret")
                .doesNotContain("secret=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish:tokens=3", "publish:a=b", "publish:class=x", "publish:live/x-pass", "publish:s"})
    void aNameThatOnlyLooksLikeATokenIsAName(String id) throws Exception {
        assertThat(StreamIds.parse(id, Role.PLAY).name()).isEqualTo(id.substring("publish:".length()));
    }

    @Test
    void refusesControlCharactersAndBrokenUtf8AndLongNames() {
        assertThat(refusal("publish:a\u0007b")).isEqualTo(1400);
        assertThat(refusal("publish:a\uFFFDb")).isEqualTo(1400);
        for (char invisible : "\u00a0\u061c\u200b\u200e\u202e\u2028\u2066\u3164\ufe0f\ufeff\ud800".toCharArray()) {
            assertThat(refusal("publish:a" + invisible + "b"))
                    .as("%04x", (int) invisible)
                    .isEqualTo(1400);
        }
        assertThat(refusal("publish:" + "x".repeat(504))).isEqualTo(1400);
    }

    /** Any text: a request that each spelling carries, or one typed failure. */
    @Test
    void isTotal_andEachSpellingCarriesWhatWasRead() throws Exception {
        long seed = System.nanoTime();
        System.out.println("stream ids: seed " + seed);
        Random random = new Random(seed);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            String id = randomId(random);
            Role portRole = random.nextBoolean() ? Role.PLAY : Role.PUBLISH;
            StreamRequest request;
            try {
                request = StreamIds.parse(id, portRole);
            } catch (StreamIdException e) {
                assertThat(e.reason().code()).as("seed %d: %s", seed, id).isIn(1400, 1405);
                continue;
            }
            read++;
            if (request.name().indexOf('?') < 0
                    && request.name().indexOf(':') < 0
                    && request.name().indexOf(',') < 0
                    && StreamIds.tokenComplaint(request.token()) == null) {
                String written = (request.role() == Role.PUBLISH ? "publish:/" : "read:/") + request.name() + ":user:"
                        + request.token();
                assertThat(StreamIds.parse(written, portRole))
                        .as("seed %d: %s as %s", seed, id, written)
                        .isEqualTo(new StreamRequest(request.role(), request.name(), request.token(), "user"));
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    private static String randomId(Random random) {
        StringBuilder id = new StringBuilder();
        for (int length = 1 + random.nextInt(7); length > 0; length--) {
            id.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return id.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "a:b", "abc+/==", "a?b", "two words", "gr\u00fc\u00dfe", "x/y", ""})
    void aTokenThatEverySpellingCarriesIsRight(String token) {
        assertThat(StreamIds.tokenComplaint(token)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a&b", "a:b=", "x#feedbackplay", "\ud800", "\ufffd", "a\0b"})
    void aTokenThatSomeSpellingCannotCarryIsRefused(String token) {
        assertThat(StreamIds.tokenComplaint(token)).isNotNull();
        assertThat(StreamIds.tokenComplaint("x".repeat(401))).contains("400 bytes");
    }

    private static int refusal(String id) {
        return catchThrowableOfType(StreamIdException.class, () -> StreamIds.parse(id, Role.PLAY))
                .reason()
                .code();
    }
}
