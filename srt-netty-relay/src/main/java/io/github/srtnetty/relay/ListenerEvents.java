// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.channel.SrtRejectedEvent;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts and logs callers that a listener rejected itself; {@link RelayFilter} does so with its own. One for each
 * listener.
 */
final class ListenerEvents extends ChannelInboundHandlerAdapter {
    private final Hub hub;

    ListenerEvents(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtRejectedEvent rejected && rejected.cause() != SrtRejectedEvent.Cause.FILTER) {
            if (rejected.cause() == SrtRejectedEvent.Cause.STREAM_ID) {
                hub.twoStreamIds().increment();
            }
            hub.reject(rejected.request().peer(), "cause=" + rejected.cause(), rejected.reason());
        }
        ctx.fireUserEventTriggered(event);
    }
}
