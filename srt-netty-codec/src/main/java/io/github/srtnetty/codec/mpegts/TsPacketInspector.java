// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A handler that inspects every packet of each {@link TsPackets}, and then passes the batch on unchanged. */
public abstract class TsPacketInspector extends ChannelInboundHandlerAdapter {
    private final TsPacket packet = new TsPacket();

    /** Creates an inspector; for subclasses. */
    protected TsPacketInspector() {}

    /**
     * Inspects one packet, on the event loop and in the order of the stream. The cursor and its bytes are valid until
     * this method returns.
     *
     * @param packetIndex the packet's number in the stream
     */
    protected abstract void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex);

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof TsPackets packets) {
            inspectAll(ctx, packets);
        }
        ctx.fireChannelRead(msg);
    }

    private void inspectAll(ChannelHandlerContext ctx, TsPackets packets) {
        boolean done = false;
        try {
            for (int i = 0; i < packets.count(); i++) {
                inspect(ctx, packet.wrap(packets, i), packets.firstPacketIndex() + i);
            }
            done = true;
        } finally {
            if (!done) {
                packets.release();
            }
        }
    }
}
