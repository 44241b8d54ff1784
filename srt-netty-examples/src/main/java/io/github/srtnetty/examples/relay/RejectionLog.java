// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtRejectedEvent;
import io.github.srtnetty.channel.SrtUri;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs who was rejected and why, at most 20 lines a second: encoders retry fast and for ever. One for each listener. */
final class RejectionLog extends ChannelInboundHandlerAdapter {
    private static final Logger LOGGER = LoggerFactory.getLogger(RejectionLog.class);
    private static final int LINES_PER_SECOND = 20;

    private final Hub hub;
    private final int port;
    private long secondNanos = System.nanoTime();
    private int lines;

    RejectionLog(Hub hub, int port) {
        this.hub = hub;
        this.port = port;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SrtRejectedEvent rejected) {
            log(rejected);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void log(SrtRejectedEvent rejected) {
        long now = System.nanoTime();
        if (now - secondNanos > TimeUnit.SECONDS.toNanos(1)) {
            if (lines > LINES_PER_SECOND) {
                LOGGER.info("port={} {} more were rejected", port, lines - LINES_PER_SECOND);
            }
            secondNanos = now;
            lines = 0;
        }
        if (++lines <= LINES_PER_SECOND) {
            String peer = SrtUri.hostAndPort(rejected.request().peer());
            LOGGER.info("{} peer={} rejected: {}", asked(rejected.request()), peer, rejected.reason());
        }
    }

    /** Says what a caller asked for, without its token. */
    private String asked(SrtAcceptRequest caller) {
        try {
            StreamRequest request = hub.config().request(caller.streamId(), port);
            return "stream=" + request.name() + " role=" + request.role();
        } catch (StreamIdException e) {
            return "stream=? (" + e.getMessage().replaceAll("\\p{Cntrl}", "?") + ")";
        }
    }
}
