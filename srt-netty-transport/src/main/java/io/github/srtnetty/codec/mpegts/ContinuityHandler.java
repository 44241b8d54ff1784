// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;

/** Counts losses and duplicates, fires a {@link ContinuityLoss} as a user event before the batch after the gap, passes all on. */
public final class ContinuityHandler extends TsPacketInspector {
    private final ContinuityChecker checker = new ContinuityChecker();

    /** The counts so far; to be asked on the event loop. */
    public ContinuityChecker checker() {
        return checker;
    }

    @Override
    protected void inspect(ChannelHandlerContext ctx, TsPacket packet, long packetIndex) {
        if (checker.check(packet) == ContinuityChecker.Result.LOSS) {
            ctx.fireUserEventTriggered(new ContinuityLoss(packet.pid(), packetIndex, checker.missing()));
        }
    }
}
