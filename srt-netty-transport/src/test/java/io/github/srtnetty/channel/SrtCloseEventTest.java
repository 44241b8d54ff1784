// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SrtCloseEventTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long BYTES_PER_SECOND = 100_000;
    /** For longer than libsrt waits for a silent peer. */
    private static final long STREAM_BYTES = 6 * BYTES_PER_SECOND;

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
            SrtChannel accepted = loopback.accepted();
            new Pacer(caller, 200, 1).start().await();
            Await.until("all acknowledged", () -> caller.socket().unacknowledgedPackets() == 0);
            stopReading(caller);
            stopReading(accepted);
            sendPastTheChannel(caller, accepted);
            sendPastTheChannel(accepted, caller);

            proxy.cut();

            awaitEndOfSilence(accepted, accepting);
            awaitEndOfSilence(caller, calling);
        }
    }

    /** The peer acknowledges all the time, but this channel wrote everything to libsrt long ago. */
    @Test
    void tellsThatThePeerClosed_longAfterTheLastWrite() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(new Recorder()), SrtCloseEventTest::keepLatePackets);
        SrtChannel caller = loopback.connect(calling, b -> limitRate(keepLatePackets(b)));
        SrtChannel accepted = loopback.accepted();
        write(caller, STREAM_BYTES + 100 * Pacer.MESSAGE_BYTES);

        Await.until("most arrived", LIMIT, () -> received(accepted) > STREAM_BYTES);
        accepted.config().setSoLinger(0);
        accepted.close().sync();

        calling.awaitEnd();
        assertThat(calling.lines).containsExactly("PEER_CLOSED", "inactive");
    }

    /** The peer sends all the time, but nothing of that is due before it closes. */
    @Test
    void tellsThatThePeerClosed_beforeItsFirstPacketWasDue() throws Exception {
        loopback.listen(channel -> channel.pipeline().addLast(accepting), SrtCloseEventTest::keepLatePackets);
        SrtChannel caller = loopback.connect(
                calling, b -> limitRate(keepLatePackets(b)).option(SrtChannelOption.SRTO_LATENCY, 60_000));
        write(caller, STREAM_BYTES);

        Await.until("all acknowledged", LIMIT, () -> caller.socket().unacknowledgedPackets() == 0);
        caller.config().setSoLinger(0);
        caller.close().sync();

        Await.until("its reason", LIMIT, () -> accepting.gone != null);
        assertThat(accepting.gone.reason()).isSameAs(SrtCloseReason.PEER_CLOSED);
    }

    private static long received(SrtChannel channel) {
        return channel.statistics().pktRecvTotal() * Pacer.MESSAGE_BYTES;
    }

    private static <B extends AbstractBootstrap<B, ?>> B keepLatePackets(B bootstrap) {
        return bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }

    private static Bootstrap limitRate(Bootstrap bootstrap) {
        return bootstrap.option(SrtChannelOption.SRTO_MAXBW, BYTES_PER_SECOND);
    }

    private static void write(SrtChannel channel, long bytes) throws InterruptedException {
        for (long left = bytes; left > 0; left -= Pacer.MESSAGE_BYTES) {
            channel.write(Unpooled.directBuffer(Pacer.MESSAGE_BYTES).writeZero(Pacer.MESSAGE_BYTES));
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).sync();
    }

    @Test
    void firesThatThePeerHasLeft_beforeTheRestOfWhatItSent() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        loopback.listen(channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                lines.add("read");
                ReferenceCountUtil.release(msg);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                lines.add(event instanceof SrtPeerGoneEvent gone ? "gone: " + gone.reason() : "closed");
            }
        }));
        SrtChannel caller = loopback.connect(calling, b -> b.option(SrtChannelOption.SRTO_LATENCY, 6000));
        SrtChannel accepted = loopback.accepted();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        Await.until("all acknowledged", () -> caller.socket().unacknowledgedPackets() == 0);
        caller.config().setOption(ChannelOption.SO_LINGER, 0);
        assertThat(accepted.isPeerGone()).isFalse();

        caller.close().sync();

        Await.until("it is found", accepted::isPeerGone);
        Await.until("the close", LIMIT, () -> lines.contains("closed"));
        assertThat(lines).containsExactly("gone: PEER_CLOSED", "read", "closed");
    }

    private static void stopReading(SrtChannel channel) throws InterruptedException {
        channel.config().setAutoRead(false);
        channel.eventLoop().submit(() -> {}).sync();
    }

    /**
     * So that libsrt receives from the peer after the channel last did, however late that was: the silence is not too
     * short.
     */
    private static void sendPastTheChannel(SrtChannel from, SrtChannel to) throws Exception {
        int before = to.socket().receivablePackets();
        ByteBuf message = Unpooled.directBuffer(10).writeZero(10);
        from.socket().send(message.memoryAddress(), message.readableBytes());
        message.release();
        Await.until("one more packet", () -> to.socket().receivablePackets() > before);
    }

    private static void awaitEndOfSilence(SrtChannel channel, Journal journal) {
        Await.until("the break", LIMIT, () -> channel.socket().state().isGone());
        channel.config().setAutoRead(true);
        journal.awaitEnd();
        assertThat(journal.lines).hasSize(2).endsWith("inactive");
        assertThat(journal.lines.get(0)).isIn("IDLE_TIMEOUT", "LOST"); // lost, where the machine stood still meanwhile
    }

    @Test
    void tellsOfARejection() {
        loopback.listen(
                channel -> {},
                b -> b.option(SrtServerChannelOption.ACCEPT_FILTER, request -> SrtAcceptDecision.reject(1403)));

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
        volatile SrtPeerGoneEvent gone;

        void awaitEnd() {
            Await.until("the end", LIMIT, () -> lines.contains("inactive"));
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SrtPeerGoneEvent first) {
                gone = first;
            } else {
                last = (SrtCloseEvent) event;
                lines.add(last.reason().name());
            }
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
