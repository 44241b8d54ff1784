// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.channel.testing.Loopback;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints the 99th percentile of arrival - send over live connections, in milliseconds, of all packets and of the
 * calmest {@value #CALM_PACKETS} in a row, which a machine that is busy with other things changes little; arguments:
 * loops, and how many other channels connect and close meanwhile. A packet that comes too late on a busy machine is not
 * dropped; one that has not come after 2 s counts as never.
 */
final class LatencyProgram {
    private static final int CONNECTIONS = 32;
    static final int LATENCY_MILLIS = 20;
    private static final int WARM_UP_ROUNDS = 100;
    private static final int ROUNDS = 200;
    private static final int CALM_PACKETS = 5 * CONNECTIONS;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private LatencyProgram() {}

    public static void main(String[] args) {
        long[] delays = delays(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        double calm = Double.MAX_VALUE;
        for (int i = 0; i < delays.length; i += CALM_PACKETS) {
            calm = Math.min(calm, p99Millis(Arrays.copyOfRange(delays, i, i + CALM_PACKETS)));
        }
        System.out.printf(Locale.ROOT, "p99 %.3f%ncalm %.3f%n", p99Millis(delays), calm);
    }

    private static double p99Millis(long[] delays) {
        Arrays.sort(delays);
        return delays[delays.length * 99 / 100] / 1e6;
    }

    /** Returns nanoseconds in the order of arrival. */
    private static long[] delays(int loops, int churn) {
        long[] delays = new long[CONNECTIONS * ROUNDS];
        Arrays.fill(delays, Long.MAX_VALUE);
        AtomicInteger count = new AtomicInteger();
        try (Loopback loopback = new Loopback(loops)) {
            loopback.listen(
                    channel -> channel.pipeline().addLast(new DelayRecorder(delays, count)),
                    LatencyProgram::dropsNothing);
            List<SrtChannel> callers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                callers.add(loopback.connect(new ChannelInboundHandlerAdapter(), LatencyProgram::dropsNothing));
            }
            sendRounds(callers, WARM_UP_ROUNDS);
            awaitAll(count, CONNECTIONS * WARM_UP_ROUNDS);
            Arrays.fill(delays, Long.MAX_VALUE);
            count.set(0);
            churn(loopback, new InetSocketAddress(callers.get(0).localAddress().getPort()), churn);
            sendRounds(callers, ROUNDS);
            awaitAll(count, delays.length);
        }
        return delays;
    }

    private static void dropsNothing(AbstractBootstrap<?, ?> bootstrap) {
        bootstrap.option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS).option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }

    private static void awaitAll(AtomicInteger count, int wanted) {
        long deadline = System.nanoTime() + LOST_NANOS;
        while (count.get() < wanted && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /**
     * Connects and closes further channels while the measured ones send. They share a local port: a caller that has one
     * of its own makes libsrt end two threads for it, and everything stands still meanwhile.
     */
    private static void churn(Loopback loopback, InetSocketAddress local, int channels) {
        if (channels > 0) {
            loopback.caller(
                            new ChannelInboundHandlerAdapter(),
                            bootstrap ->
                                    bootstrap.localAddress(local).option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS))
                    .connect(loopback.address())
                    .addListener((ChannelFuture connected) ->
                            connected.channel().close().addListener(closed -> churn(loopback, local, channels - 1)));
        }
    }

    private static void sendRounds(List<SrtChannel> callers, int rounds) {
        long next = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            for (SrtChannel caller : callers) {
                ByteBuf payload = caller.alloc().directBuffer(1316);
                payload.writeLong(System.nanoTime()).writeZero(1308);
                caller.writeAndFlush(payload);
            }
            next += ROUND_NANOS;
            while (System.nanoTime() - next < 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private static final class DelayRecorder extends SimpleChannelInboundHandler<ByteBuf> {
        private final long[] delays;
        private final AtomicInteger count;

        DelayRecorder(long[] delays, AtomicInteger count) {
            this.delays = delays;
            this.count = count;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
            delays[count.getAndIncrement()] = System.nanoTime() - msg.readLong();
        }
    }
}
