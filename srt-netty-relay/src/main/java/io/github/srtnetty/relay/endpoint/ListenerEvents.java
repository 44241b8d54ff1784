// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtRejectedEvent;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Counts and logs callers that the listener itself rejected; the accept filter does so for its own rejections.
 * One per listener.
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
