// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;

/** Feeds a {@link TsStatistics} with every packet and passes the batches on. */
public final class TsStatisticsHandler extends TsPacketInspector {
    private final TsStatistics statistics = new TsStatistics();

    /** Returns the counts so far; to be asked on the event loop. */
    public TsStatistics statistics() {
        return statistics;
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        statistics.accept(packet, packetIndex);
    }
}
