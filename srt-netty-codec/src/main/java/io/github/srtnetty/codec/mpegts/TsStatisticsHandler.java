// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;

/** Passes every packet to a {@link TsStatistics}, and passes the batches on. */
public final class TsStatisticsHandler extends TsPacketInspector {
    private final TsStatistics statistics = new TsStatistics();

    /** Returns the counts so far. Event loop. */
    public TsStatistics statistics() {
        return statistics;
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        statistics.accept(packet, packetIndex);
    }
}
