// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;

/**
 * Changes the PID of packets. Tables are not rewritten: if you move a PID that a PAT or PMT names, also write new
 * tables. A batch with packets to change is copied, because other code may hold the received bytes; other batches are
 * passed on unchanged.
 */
public final class PidRemapper extends ChannelInboundHandlerAdapter {
    private final short[] targets = new short[TsPacket.PID_COUNT];
    private final TsPacket packet = new TsPacket();

    /**
     * Creates a handler that maps the keys to the values; all other PIDs stay the same.
     *
     * @throws IllegalArgumentException when a PID is not in 0 to 0x1FFF
     */
    public PidRemapper(Map<Integer, Integer> pids) {
        for (int pid = 0; pid < targets.length; pid++) {
            targets[pid] = (short) pid;
        }
        pids.forEach(this::map);
    }

    private void map(int from, int to) {
        if (from < 0 || from >= TsPacket.PID_COUNT || to < 0 || to >= TsPacket.PID_COUNT) {
            throw new IllegalArgumentException("PID " + from + " to " + to + ": not in 0 to 8191");
        }
        targets[from] = (short) to;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ctx.fireChannelRead(msg instanceof TsPackets packets ? remap(ctx, packets) : msg);
    }

    private TsPackets remap(ChannelHandlerContext ctx, TsPackets packets) {
        int first = firstToChange(packets);
        if (first == packets.count()) {
            return packets;
        }
        try {
            ByteBuf content = packets.content();
            ByteBuf copy = ctx.alloc().buffer(content.readableBytes());
            copy.writeBytes(content, content.readerIndex(), content.readableBytes());
            TsPackets changed = packets.replace(copy);
            for (int i = first; i < changed.count(); i++) {
                int index = changed.indexOf(i);
                packet.wrap(changed, i);
                copy.setShort(index + 1, packet.header() >>> 8 & 0xE000 | targets[packet.pid()]);
            }
            return changed;
        } finally {
            packets.release();
        }
    }

    private int firstToChange(TsPackets packets) {
        int i = 0;
        while (i < packets.count() && isKept(packet.wrap(packets, i).pid())) {
            i++;
        }
        return i;
    }

    private boolean isKept(int pid) {
        return targets[pid] == pid;
    }
}
