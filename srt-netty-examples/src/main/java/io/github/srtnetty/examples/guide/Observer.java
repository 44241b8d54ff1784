// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtCloseEvent;
import io.github.srtnetty.channel.SrtStatisticsSampler;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;

/** Prints how a connection does and why it ended. */
public final class Observer extends ChannelInboundHandlerAdapter {
    static void watch(SrtChannel channel) {
        channel.pipeline().addLast(new SrtStatisticsSampler(Duration.ofSeconds(1)), new Observer());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtStatistics statistics) {
            System.err.printf(
                    "%.1f Mbit/s, RTT %.1f ms, %d packets lost%n",
                    statistics.asDouble(SrtStatistic.MBPS_RECV_RATE),
                    statistics.rttMillis(),
                    statistics.pktRcvLossTotal());
        } else if (event instanceof SrtCloseEvent close) {
            System.err.println("closed: " + close.reason());
        }
        ctx.fireUserEventTriggered(event);
    }
}
