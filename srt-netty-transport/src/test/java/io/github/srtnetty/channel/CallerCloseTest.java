// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawBlock;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawPacket;
import io.github.srtnetty.testing.RawServer;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers that are closed while their server sends key messages, which libsrt would read with keys it has freed. */
class CallerCloseTest {
    private static final int CALLERS = 64;
    private static final int COPIES = 60;
    private static final byte[] KEY = RawKey.even("another secret", 16, 1).message();

    /** What the server sends behind its answer. */
    enum Late {
        REJECTION,
        REQUEST,
        RESPONSE;

        byte[] datagram(RawHandshake request) {
            return switch (this) {
                case REJECTION ->
                    RawHandshake.ofType(RawHandshake.FIRST_REJECTION)
                            .block(RawBlock.hsrsp(RawBlock.VERSION, RawBlock.LIVE, 120))
                            .block(new RawBlock(RawBlock.KMRSP, KEY))
                            .isn(request.isn())
                            .destination(request.socketId())
                            .encode(0);
                case REQUEST -> extended(RawBlock.KMREQ, request);
                case RESPONSE -> extended(RawBlock.KMRSP, request);
            };
        }

        private static byte[] extended(int subtype, RawHandshake request) {
            return RawPacket.control(RawPacket.EXTENDED, subtype, 0, 0, request.socketId(), KEY)
                    .datagram();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @SuppressWarnings("try")
    @EnumSource
    void aCallerWithoutAPassphraseSurvivesKeyMessagesWhileItIsClosed(Late late) throws Exception {
        try (QuietLog quiet = new QuietLog();
                Loopback loopback = new Loopback(2);
                RawServer hostile = RawServer.open()) {
            hostile.answering((request, right) -> answers(late, request, right)).start();
            Bootstrap caller = loopback.caller(new Nothing(), b -> {});
            for (int i = 0; i < CALLERS; i++) {
                ChannelFuture connect = caller.connect(hostile.address(), new InetSocketAddress("127.0.0.1", 0));
                Await.until("the connect ends", Duration.ofSeconds(20), connect::isDone);
                if (late != Late.REJECTION) { // newer libsrt may see the rejection before it reports the connect
                    assertThat(connect.isSuccess()).isTrue();
                }
                connect.channel().close().syncUninterruptibly();
            }
        }
    }

    private static List<byte[]> answers(Late late, RawHandshake request, RawHandshake right) {
        List<byte[]> all = new ArrayList<>(List.of(right.encode(0)));
        if (request.type() == RawHandshake.CONCLUSION) {
            byte[] more = late.datagram(request);
            for (int i = 0; i < COPIES; i++) {
                all.add(more);
            }
        }
        return all;
    }

    @Sharable
    private static final class Nothing extends ChannelInboundHandlerAdapter {}
}
