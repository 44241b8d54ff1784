// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Counts losses and duplicates, and passes all messages on. Fires a {@link ContinuityLoss} as a user event before the
 * batch that has the packet after the gap.
 */
public final class ContinuityHandler extends ChannelInboundHandlerAdapter implements ContinuityChecker.LossListener {
    private final ContinuityChecker checker = new ContinuityChecker();
    private @Nullable ChannelHandlerContext context;

    /** Returns the counts so far. Event loop. */
    public ContinuityChecker checker() {
        return checker;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof TsPackets packets) {
            checker.check(packets, this);
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void onLoss(TsPacket packet, long packetIndex) {
        if (context != null) {
            context.fireUserEventTriggered(new ContinuityLoss(packet.pid(), packetIndex, checker.missing()));
        }
    }
}
