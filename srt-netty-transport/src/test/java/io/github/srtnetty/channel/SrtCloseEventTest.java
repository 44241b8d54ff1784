// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Loopback;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SrtCloseEventTest {
    private final Loopback loopback = new Loopback(2);
    private final Journal accepting = new Journal();
    private final Journal calling = new Journal();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void tellsWhoClosed() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(accepting));
        SrtChannel caller = loopback.connect(calling);
        new Pacer(caller, 20, 10).start().await();

        caller.close().sync();

        accepting.awaitEnd();
        calling.awaitEnd();
        assertThat(calling.lines).containsExactly("LOCAL", "inactive");
        assertThat(accepting.lines).containsExactly("PEER_CLOSED", "inactive");
        assertThat(calling.last.statistics().pktSentTotal()).isEqualTo(20);
        assertThat(accepting.last.statistics()).isNotNull();
    }

    @Test
    void tellsOfAPeerThatFellSilent() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(accepting));
        try (UdpProxy proxy = new UdpProxy(loopback.address(), 1).start()) {
            SrtChannel caller =
                    (SrtChannel) loopback.caller(calling, b -> b.option(SrtChannelOption.SRTO_PEERIDLETIMEO, 2000))
                            .connect(proxy.address())
                            .sync()
                            .channel();
            new Pacer(caller, 200, 1).start().await();

            proxy.cut();

            accepting.awaitEnd();
            calling.awaitEnd();
            assertThat(accepting.lines).containsExactly("IDLE_TIMEOUT", "inactive");
            assertThat(calling.lines).containsExactly("IDLE_TIMEOUT", "inactive");
        }
    }

    @Test
    void tellsOfARejection() {
        loopback.listen(
                channel -> {},
                b -> b.option(SrtChannelOption.ACCEPT_FILTER, request -> SrtAcceptDecision.reject(1403)));

        ChannelFuture caller = loopback.tryConnect(calling, b -> {}).awaitUninterruptibly();

        assertThat(caller.cause()).isInstanceOf(SrtRejectedException.class);
        Await.until("the event", () -> !calling.lines.isEmpty());
        caller.channel().closeFuture().awaitUninterruptibly();
        assertThat(calling.lines).containsExactly("REJECTED");
        assertThat(calling.last.statistics()).isNull();
    }

    @Test
    void tellsOfAnAnswerThatNeverCame() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            loopback.caller(calling, b -> b.option(SrtChannelOption.SRTO_CONNTIMEO, 200))
                    .connect(silent.getLocalSocketAddress())
                    .await();

            Await.until("the event", () -> !calling.lines.isEmpty());
            assertThat(calling.lines).containsExactly("CONNECT_TIMEOUT");
        }
    }

    @Test
    void comesOnce_howeverOftenItIsClosed() throws InterruptedException {
        loopback.listen(channel -> channel.pipeline().addLast(new Recorder()));
        SrtChannel caller = loopback.connect(calling);

        caller.close();
        caller.disconnect();
        caller.close().sync();

        calling.awaitEnd();
        caller.eventLoop().submit(() -> {}).sync();
        assertThat(calling.lines).containsExactly("LOCAL", "inactive");
    }

    /** Close events and the end, in their order. */
    private static final class Journal extends ChannelInboundHandlerAdapter {
        final List<String> lines = new CopyOnWriteArrayList<>();
        volatile SrtCloseEvent last;

        void awaitEnd() {
            Await.until("the end", Duration.ofSeconds(30), () -> lines.contains("inactive"));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            last = (SrtCloseEvent) event;
            lines.add(last.reason().name());
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            lines.add("inactive");
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }
    }
}
