// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.BitSet;

/**
 * Passes the packets of some PIDs on and drops the others. A batch of which all packets pass is fired unchanged. From
 * other batches each run of passing packets is fired as a batch over the same bytes, with its packet number. The PIDs
 * may be changed on the event loop.
 */
public final class PidFilter extends ChannelInboundHandlerAdapter {
    private final BitSet passing = new BitSet(TsPacket.PID_COUNT);
    private final TsPacket packet = new TsPacket();
    private long droppedPackets;

    private PidFilter() {}

    /** Returns a filter that passes only these PIDs. */
    public static PidFilter keeping(int... pids) {
        PidFilter filter = new PidFilter();
        for (int pid : pids) {
            filter.keep(pid);
        }
        return filter;
    }

    /** Returns a filter that passes all PIDs except these. */
    public static PidFilter dropping(int... pids) {
        PidFilter filter = new PidFilter();
        filter.passing.set(0, TsPacket.PID_COUNT);
        for (int pid : pids) {
            filter.drop(pid);
        }
        return filter;
    }

    /** Returns a filter that drops only null packets. */
    public static PidFilter droppingNullPackets() {
        return dropping(TsPacket.NULL_PID);
    }

    /** Passes {@code pid} from now on. */
    public PidFilter keep(int pid) {
        passing.set(checked(pid));
        return this;
    }

    /** Drops {@code pid} from now on. */
    public PidFilter drop(int pid) {
        passing.clear(checked(pid));
        return this;
    }

    private static int checked(int pid) {
        if (pid < 0 || pid >= TsPacket.PID_COUNT) {
            throw new IllegalArgumentException("PID " + pid + " is not in 0 to 8191");
        }
        return pid;
    }

    /** Returns the number of packets dropped so far. */
    public long droppedPackets() {
        return droppedPackets;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (!(msg instanceof TsPackets packets) || runEnd(packets, 0, true) == packets.count()) {
            ctx.fireChannelRead(msg);
            return;
        }
        try {
            for (int from = 0; from < packets.count(); ) {
                int to = runEnd(packets, from, true);
                if (to > from) {
                    ctx.fireChannelRead(packets.retainedSlice(from, to - from));
                }
                from = runEnd(packets, to, false);
                droppedPackets += from - to;
            }
        } finally {
            packets.release();
        }
    }

    /**
     * Returns the index of the first packet from {@code from} on that does not pass, or, if {@code pass} is false, that
     * passes; the count if there is none.
     */
    private int runEnd(TsPackets packets, int from, boolean pass) {
        int i = from;
        while (i < packets.count() && passing.get(packet.wrap(packets, i).pid()) == pass) {
            i++;
        }
        return i;
    }
}
