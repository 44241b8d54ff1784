// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Fires the packets of each {@link TsPackets} one by one: a {@code ByteBuf} of 188 bytes each, a slice that its
 * receiver releases. Dearer than walking the batch; for handlers that want to keep or drop single packets.
 */
public final class TsPacketSplitter extends ChannelInboundHandlerAdapter {
    /** Splits the batches of one channel. */
    public TsPacketSplitter() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof TsPackets packets)) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            ByteBuf content = packets.content();
            for (int i = 0; i < packets.count(); i++) {
                ctx.fireChannelRead(content.retainedSlice(packets.indexOf(i), TsPacket.SIZE));
            }
        } finally {
            packets.release();
        }
    }
}
