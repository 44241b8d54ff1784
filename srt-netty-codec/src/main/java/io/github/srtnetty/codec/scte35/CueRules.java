// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.TsPackets;
import io.github.srtnetty.codec.timer.ActiveTimer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks the cues of a stream against operational rules. Fires a {@link CueRuleEvent} as a user event for each broken
 * rule, and passes all messages on. Add it after a {@link Scte35Handler} with {@link Scte35Options#withEventTracking}.
 * Runs on the channel's event loop.
 *
 * <pre>{@code
 * Tr101290Analyzer analyzer = new Tr101290Analyzer();
 * Scte35Handler cues = new Scte35Handler(Scte35Options.DEFAULT.withEventTracking(true));
 * pipeline.addLast(TsPacketDecoder.analyzing(), analyzer, cues,
 *         new CueRules(cues, () -> analyzer.elapsed().toNanos(), CueRuleLimits.DEFAULT));
 * }</pre>
 */
public final class CueRules extends ChannelInboundHandlerAdapter {
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The number of splice times whose announcements are stored. */
    private static final int MOST_ANNOUNCED = 1024;

    private final Scte35Handler cues;
    private final LongSupplier streamNanos;
    private final CueRuleLimits limits;
    private final OpenBreaks breaks;
    private final ActiveTimer timer = new ActiveTimer(CHECK_NANOS, this::check);
    private final Map<Integer, Heartbeat> heartbeats = new HashMap<>();
    private final Map<Announced, Boolean> announced = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Announced, Boolean> eldest) {
            return size() > MOST_ANNOUNCED;
        }
    };
    private long nextCheck = Long.MIN_VALUE;

    private record Announced(int program, long pts) {}

    private record Heartbeat(int program, long at, boolean reported) {}

    /**
     * Creates a handler that checks the cues of {@code cues}.
     *
     * @param streamNanos returns the time of the stream in nanoseconds, which continues while the stream is silent
     */
    public CueRules(Scte35Handler cues, LongSupplier streamNanos, CueRuleLimits limits) {
        this.cues = cues;
        this.streamNanos = streamNanos;
        this.limits = limits;
        breaks = new OpenBreaks(limits, timer::fire);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer.handlerAdded(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer.channelActive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.handlerRemoved();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timer.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Scte35Cue cue) {
            accept(cue);
        } else if (msg instanceof TsPackets && streamNanos.getAsLong() >= nextCheck) {
            check();
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SpliceEvent splice) {
            breaks.accept(splice, streamNanos.getAsLong());
        }
        ctx.fireUserEventTriggered(event);
    }

    private void accept(Scte35Cue cue) {
        heartbeats.put(cue.pid(), new Heartbeat(cue.programNumber(), streamNanos.getAsLong(), false));
        if (cue.adjustedSplicePts().isEmpty() || cue.preRollMillis().isEmpty()) {
            return;
        }
        Announced splice =
                new Announced(cue.programNumber(), cue.adjustedSplicePts().getAsLong());
        long ahead = cue.preRollMillis().getAsLong();
        if (announced.put(splice, true) == null && ahead < limits.preRoll().toMillis()) {
            timer.fire(new CueRuleEvent(
                    CueRuleEvent.Rule.SHORT_PRE_ROLL,
                    cue.pid(),
                    cue.programNumber(),
                    eventId(cue),
                    cue.section().command().name() + " came " + ahead + " ms ahead of its time, below "
                            + limits.preRoll().toMillis()));
        }
    }

    private static long eventId(Scte35Cue cue) {
        if (cue.section().command() instanceof SpliceInsert insert) {
            return insert.spliceEventId();
        }
        for (SpliceDescriptor descriptor : cue.section().descriptors()) {
            if (descriptor instanceof SegmentationDescriptor segmentation) {
                return segmentation.segmentationEventId();
            }
        }
        return CueRuleEvent.NO_EVENT;
    }

    private void check() {
        long now = streamNanos.getAsLong();
        nextCheck = now + CHECK_NANOS;
        breaks.check(cues.openEvents(), now);
        heartbeats.keySet().retainAll(cues.splicePids());
        for (int pid : cues.splicePids()) {
            Heartbeat last = heartbeats.computeIfAbsent(pid, added -> new Heartbeat(programOf(added), now, false));
            if (!last.reported && now - last.at > limits.heartbeat().toNanos()) {
                heartbeats.put(pid, new Heartbeat(last.program, last.at, true));
                timer.fire(new CueRuleEvent(
                        CueRuleEvent.Rule.NO_HEARTBEAT,
                        pid,
                        last.program,
                        CueRuleEvent.NO_EVENT,
                        "no cue, not even a splice_null, for " + TimeUnit.NANOSECONDS.toSeconds(now - last.at) + " s"));
            }
        }
    }

    /** Returns the first program whose PMT lists the PID; 0 when there is none. */
    private int programOf(int pid) {
        return cues.tables().programs().stream()
                .filter(program -> program.pmt() != null
                        && program.pmt().streams().stream().anyMatch(stream -> stream.elementaryPid() == pid))
                .mapToInt(program -> program.programNumber())
                .findFirst()
                .orElse(0);
    }
}
