// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Fires the packets of each {@link TsPackets} one by one, each as a {@code ByteBuf} of 188 bytes, a slice that the next
 * handler releases. Slower than iterating over the batch; for handlers that keep or drop single packets.
 */
public final class TsPacketSplitter extends ChannelInboundHandlerAdapter {
    /** Creates a splitter for one channel. */
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
