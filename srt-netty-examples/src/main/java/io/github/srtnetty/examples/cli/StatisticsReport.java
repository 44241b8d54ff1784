// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Prints statistics of a receiving connection on standard error at a fixed interval. One instance per channel.
 */
public final class StatisticsReport extends ChannelInboundHandlerAdapter {
    private final int intervalSeconds;
    private @Nullable Future<?> timer;
    private long bytes;
    private long packets;
    private long reportedNanos;

    /** Reports at this interval, never if it is 0. */
    public StatisticsReport(int intervalSeconds) {
        this.intervalSeconds = intervalSeconds;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        reportedNanos = System.nanoTime();
        if (intervalSeconds > 0) {
            timer = ctx.executor()
                    .scheduleAtFixedRate(
                            () -> report((SrtChannel) ctx.channel()),
                            intervalSeconds,
                            intervalSeconds,
                            TimeUnit.SECONDS);
        }
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        bytes += ((ByteBuf) msg).readableBytes();
        packets++;
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    private void report(SrtChannel channel) {
        long now = System.nanoTime();
        double seconds = (now - reportedNanos) / 1e9;
        SrtStatistics statistics = channel.statistics();
        if (statistics != null) {
            System.err.printf(
                    Locale.ROOT,
                    "%s: %.2f Mbit/s, %.0f packets/s, RTT %.1f ms, %d lost, %d dropped%n",
                    SingleConnection.peer(channel),
                    bytes * 8 / seconds / 1e6,
                    packets / seconds,
                    statistics.rttMillis(),
                    statistics.pktRcvLossTotal(),
                    statistics.pktRcvDropTotal());
        }
        reportedNanos = now;
        bytes = 0;
        packets = 0;
    }
}
