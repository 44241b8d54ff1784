// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What arrives when one end closes. */
@Tag("slow")
class SrtDeliveryContractTest {
    private final Loopback loopback = new Loopback();
    private final Recorder received = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void deliversAcceptedWrites_whenTheSenderClosesAtOnce() {
        loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);

        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[200_000])).addListener(ChannelFutureListener.CLOSE);

        received.awaitEvent("inactive");
        assertThat(receivedBytes()).isEqualTo(200_000);
    }

    @Test
    void deliversTheLastPackets_whenAWriteListenerCloses() throws InterruptedException {
        int latencyMillis = 400;
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_LATENCY, latencyMillis));
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        caller.eventLoop().submit(() -> {}).sync();

        long start = System.nanoTime();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).addListener(ChannelFutureListener.CLOSE);
        caller.closeFuture().sync();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                .as("ms that the close took")
                .isGreaterThanOrEqualTo(latencyMillis);
    }

    @Test
    void closesAfterSoLinger_whenThePeerDoesNotRead() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> {
            StreamMode.set(b);
            b.option(ChannelOption.SO_LINGER, 1);
        });
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000_000])).sync();

        long start = System.nanoTime();
        assertThat(caller.close().awaitUninterruptibly(20_000)).isTrue();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(900L, 15_000L);
    }

    @Test
    void closesInTime_whenTheLoopEnds() throws InterruptedException {
        loopback.listen(channel -> {}, b -> {
            StreamMode.set(b);
            b.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        });
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1_000_000])).sync();
        ChannelFuture closing = caller.close();

        long start = System.nanoTime();
        loopback.group().shutdownGracefully(0, 60, TimeUnit.SECONDS).sync();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(30_000);
        assertThat(closing.isSuccess()).isTrue();
    }

    @Test
    void deliversAllData_beforeItBecomesInactive() {
        loopback.listen(
                channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[50_000]))
                                .addListener(ChannelFutureListener.CLOSE);
                    }
                }),
                StreamMode::set);

        for (int i = 0; i < 20; i++) {
            Recorder recorder = new Recorder();
            loopback.connect(recorder, StreamMode::set);
            recorder.awaitEvent("inactive");
            assertThat(recorder.messages().stream()
                            .mapToInt(bytes -> bytes.length)
                            .sum())
                    .isEqualTo(50_000);
            assertThat(recorder.failures()).isEmpty();
        }
    }

    @Test
    void deliversPacketsThatAreNotDueYet_whenThePeerCloses_alsoToALaterRead() throws InterruptedException {
        int latencyMillis = 1500;
        loopback.listen(
                channel -> channel.pipeline().addLast(received),
                b -> b.option(SrtChannelOption.SRTO_LATENCY, latencyMillis)
                        .childOption(ChannelOption.AUTO_READ, false));
        long connectStart = System.nanoTime();
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        long connectNanos = System.nanoTime() - connectStart;
        SrtChannel accepted = loopback.accepted();
        for (int i = 0; i < 5; i++) {
            caller.write(Unpooled.wrappedBuffer(new byte[1316]));
        }
        caller.flush();
        Await.until("what was sent", () -> accepted.socket().receivablePackets() == 5);
        Await.until("all acknowledged", () -> caller.socket().unacknowledgedPackets() == 0);
        long acknowledged = System.nanoTime();
        // what arrived is due later by as much as the handshake was late; the tail is waited for from the break on
        Await.until("as long as the connect took", () -> System.nanoTime() - acknowledged > connectNanos);
        caller.config().setSoLinger(0);
        caller.close().sync();
        Await.until("the break", () -> accepted.socket().state().isGone());
        for (int i = 0; i < 5; i++) { // the channel sees the break while nobody reads
            accepted.loop().submit(SrtIoOps.ERR);
            accepted.eventLoop().submit(() -> {}).sync();
        }

        accepted.config().setAutoRead(true);

        received.awaitEvent("inactive");
        assertThat(received.messages()).hasSize(5);
    }

    private int receivedBytes() {
        return received.messages().stream().mapToInt(bytes -> bytes.length).sum();
    }
}
