// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtAcceptRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "studio | studio",
                "publish:studio:tok3n | publish***",
                "live/tok3n | live***",
                "studio?token=tok3n | studio***",
                "tok3n=1 | tok3n***",
                "#!::r=live/studio,m=publish | #!::r=live/studio,m=publish",
                "#!::r=live/studio?token=tok3n,m=publish,u=a,token=tok3n | #!::r=live/studio***,m=publish,***",
                "#!::m=tok3n,r=a:tok3n | #!::r=a***,***",
                "'#!::,r=a,' | #!::r=a",
                "#!::tok3n | #!::***",
                "#!:{r:tok3n} | ***",
            })
    void aToken_isNotShown(String streamId, String shown) {
        assertThat(request(streamId).shownStreamId()).isEqualTo(shown);
    }

    @Test
    void whatACallerSent_staysOnOneLine_andShort() {
        assertThat(request("a\n2026 FAKE LINE,foo").toString())
                .isEqualTo("SrtAcceptRequest[peer=/127.0.0.1:9, streamId=a\\n2026***, handshakeVersion=5]");
        assertThat(request("#!::r=a\u202eb").shownStreamId()).isEqualTo("#!::r=a\\u202eb");
        assertThat(request("x".repeat(512)).shownStreamId()).isEqualTo("x".repeat(64) + "***");
    }

    @Test
    void theEventMasksToo() {
        assertThat(new SrtRejectedEvent(
                                request("publish:a:tok3n"), SrtRejectReason.FORBIDDEN, SrtRejectedEvent.Cause.FILTER)
                        .toString())
                .contains("publish***")
                .doesNotContain("tok3n");
    }

    private static SrtAcceptRequest request(String streamId) {
        return new SrtAcceptRequest(new InetSocketAddress("127.0.0.1", 9), streamId, 5);
    }
}
