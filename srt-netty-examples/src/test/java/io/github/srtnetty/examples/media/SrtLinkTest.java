// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SrtLinkTest {
    private static final int LOOPS = 3; // one for the listener, one for each connection

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Netty fires channelInactive after the close is done, and the next peer may be in by then. */
    @Test
    void keepsTheNextConnection_whenTheLastOneIsToldOfLate() throws Exception {
        int port = Peer.freePort();
        Recorder first = new Recorder();
        try (Loopback callers = new Loopback(1);
                Loopback listening = new Loopback(LOOPS)) {
            SrtLink link =
                    new SrtLink(SrtUri.parse("srt://127.0.0.1:" + port + "?mode=listener"), listening.group(), false);
            link.open(channel -> {
                if (first.events().isEmpty()) {
                    channel.pipeline().addLast(first);
                    channel.closeFuture().addListener(done -> awaitNext(link, channel));
                }
            });
            call(callers, port).sync();
            Await.until("the first is connected", () -> link.channel() != null);
            SrtChannel last = link.channel();

            last.close();
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            call(callers, port).sync();

            first.awaitEvent("inactive");
            assertThat(link.channel()).isNotNull().isNotSameAs(last);
            link.finish().join();
        }
    }

    /** Holds the loop up between the close and channelInactive. */
    private void awaitNext(SrtLink link, SrtChannel last) {
        closed.countDown();
        Await.until("the next is connected", () -> link.channel() != last);
    }

    private static ChannelFuture call(Loopback callers, int port) {
        return callers.caller(new Recorder(), bootstrap -> {}).connect("127.0.0.1", port);
    }
}
