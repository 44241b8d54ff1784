// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtRejectedEvent;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts and logs callers that a listener rejected itself; the accept filter does so with its own. One for each
 * listener.
 */
final class ListenerEvents extends ChannelInboundHandlerAdapter {
    private final CallerReports reports;

    ListenerEvents(CallerReports reports) {
        this.reports = reports;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtRejectedEvent rejected && rejected.cause() != SrtRejectedEvent.Cause.FILTER) {
            if (rejected.cause() == SrtRejectedEvent.Cause.STREAM_ID) {
                reports.statistics().twoStreamIds().increment();
            }
            reports.rejected(rejected.request().peer(), "cause=" + rejected.cause(), rejected.reason());
        }
        ctx.fireUserEventTriggered(event);
    }
}
