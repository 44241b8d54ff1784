// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import io.github.srtnetty.codec.mpegts.Tr101290Event;
import io.github.srtnetty.codec.scte35.CueRuleEvent;
import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Passes the payloads of a source through the handlers, and prints events and reports. Payloads and ticks may arrive
 * on different threads.
 */
final class TsReader implements Intake {
    /** Maximum number of events of one kind and PID printed between two reports; a broken stream has thousands. */
    private static final int MOST_EVENTS = 20;

    private static final double NANOS = 1e9;

    private record Kind(String name, String phase, int pid) {}

    private final TsHandlers handlers;
    private final TsOutput output;
    private final EmbeddedChannel pipeline;
    private final TsReports reports;
    private final int seconds;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Map<Kind, Integer> printed = new HashMap<>();
    private long leftOut;
    private long allLeftOut;
    private double nextReport;
    private boolean finished;

    /** Prints a report every {@code seconds} of the stream; none where that is 0. */
    TsReader(TsHandlers handlers, TsOutput output, int seconds) {
        this.handlers = handlers;
        this.output = output;
        this.seconds = seconds;
        this.nextReport = seconds;
        reports = new TsReports(handlers);
        pipeline = new EmbeddedChannel();
        pipeline.pipeline().addLast(handlers.inOrder().toArray(ChannelHandler[]::new));
        pipeline.pipeline().addLast(new Last());
    }

    private final class Last extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof Tr101290Event found) {
                print(TsEvent.of(found));
            } else if (event instanceof CueRuleEvent found) {
                print(TsEvent.of(found, handlers.elapsed()));
            }
        }
    }

    @Override
    public void payload(ByteBuf payload, long sourceTimeMicros) {
        synchronized (this) {
            if (finished) {
                payload.release();
                return;
            }
            pipeline.writeInbound(payload);
            report();
        }
    }

    /** Makes the handlers check the clock, even while nothing arrives. */
    synchronized void tick() {
        if (!finished) {
            pipeline.runScheduledPendingTasks();
            report();
        }
    }

    /** Completes with the failure when the output fails. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    /** Processes data held back and prints the summary; later calls do nothing. */
    synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        pipeline.finishAndReleaseAll();
        if (hasPackets()) {
            try {
                output.summary(reports.fromStart(allLeftOut));
            } catch (IOException e) {
                failed.completeExceptionally(e);
            }
        }
    }

    synchronized boolean hasPackets() {
        return handlers.statistics().packets() > 0;
    }

    private void report() {
        double now = handlers.elapsed().toNanos() / NANOS;
        if (seconds == 0 || now < nextReport || failed.isDone()) {
            return;
        }
        nextReport = Math.max(nextReport + seconds, Math.floor(now / seconds) * seconds + seconds);
        try {
            output.interval(reports.sinceLast(leftOut));
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
        leftOut = 0;
        printed.clear();
    }

    private void print(TsEvent event) {
        boolean room =
                printed.merge(new Kind(event.name(), event.phase(), event.pid()), 1, Integer::sum) <= MOST_EVENTS;
        if (!room || failed.isDone()) {
            leftOut++;
            allLeftOut++;
            return;
        }
        try {
            output.event(event);
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
    }
}
