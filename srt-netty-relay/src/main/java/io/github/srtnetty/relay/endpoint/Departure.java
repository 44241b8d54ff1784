// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtPeerGoneEvent;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Frees the resources of a publisher when it disconnects, although its last data is still to be delivered. */
final class Departure extends ChannelInboundHandlerAdapter {
    private final Runnable leaves;

    Departure(Runnable leaves) {
        this.leaves = leaves;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtPeerGoneEvent) {
            leaves.run();
        }
        ctx.fireUserEventTriggered(event);
    }
}
