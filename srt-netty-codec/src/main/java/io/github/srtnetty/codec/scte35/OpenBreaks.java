// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.mpegts.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds breaks that are open longer than planned. Stores as many as a {@link SpliceEventTracker}. */
final class OpenBreaks {
    private final CueRuleLimits limits;
    private final Consumer<CueRuleEvent> listener;
    private final Map<Key, Planned> planned = new HashMap<>();

    private record Key(SpliceEvent.Source source, int program, long eventId, int type) {
        static Key of(SpliceEvent event) {
            return new Key(event.source(), event.programNumber(), event.eventId(), event.segmentationTypeId());
        }
    }

    /** The begin of a break in the time of the stream, and its last planned duration. */
    private record Planned(long startNanos, OptionalLong duration, boolean reported) {}

    OpenBreaks(CueRuleLimits limits, Consumer<CueRuleEvent> listener) {
        this.limits = limits;
        this.listener = listener;
    }

    /** Accepts the announcement or the end of a break. */
    void accept(SpliceEvent event, long now) {
        if (event.kind() != SpliceEvent.Kind.OPENED) {
            planned.remove(Key.of(event));
        } else if (isBreak(event)) {
            long ahead = Math.max(0, event.cue().preRollMillis().orElse(0));
            planned.put(
                    Key.of(event), new Planned(now + Duration.ofMillis(ahead).toNanos(), event.duration(), false));
        }
    }

    /** Reports each break that should have ended once; {@code open} has the durations that were announced last. */
    void check(List<SpliceEvent> open, long now) {
        if (planned.isEmpty()) {
            return;
        }
        Map<Key, SpliceEvent> byKey = new HashMap<>();
        open.forEach(event -> byKey.put(Key.of(event), event));
        planned.keySet().retainAll(byKey.keySet());
        planned.replaceAll((key, plan) -> checked(byKey.get(key), plan, now));
    }

    private Planned checked(@Nullable SpliceEvent event, Planned plan, long now) {
        if (event == null) {
            return plan;
        }
        boolean changed = !plan.duration.equals(event.duration());
        Planned current = changed ? new Planned(plan.startNanos, event.duration(), false) : plan;
        if (current.reported || now <= latestEnd(current)) {
            return current;
        }
        boolean auto = isAutoReturn(event);
        double open = (now - current.startNanos) / 1e9;
        String length = current.duration.isPresent()
                ? String.format(
                        Locale.ROOT, "planned for %.3f s", current.duration.getAsLong() / (double) Timestamp.PTS_HZ)
                : "planned without a duration";
        listener.accept(new CueRuleEvent(
                auto ? CueRuleEvent.Rule.NO_AUTO_RETURN : CueRuleEvent.Rule.OUT_WITHOUT_IN,
                event.cue().pid(),
                event.programNumber(),
                event.eventId(),
                String.format(Locale.ROOT, "a break %s is open for %.0f s", length, open)));
        return new Planned(current.startNanos, current.duration, true);
    }

    private long latestEnd(Planned plan) {
        long length = plan.duration.isPresent()
                ? plan.duration.getAsLong() * 1_000_000 / (Timestamp.PTS_HZ / 1000)
                        + limits.lateEnd().toNanos()
                : limits.unlimitedBreak().toNanos();
        return plan.startNanos + length;
    }

    private static boolean isAutoReturn(SpliceEvent event) {
        return event.source() == SpliceEvent.Source.SPLICE_INSERT
                && event.cue().section().command() instanceof SpliceInsert.Event insert
                && insert.breakDuration() != null
                && insert.breakDuration().autoReturn();
    }

    /** Returns whether the event leaves the program: a splice_insert, or a segment with advertisements. */
    private static boolean isBreak(SpliceEvent event) {
        int type = event.segmentationTypeId();
        boolean advertisements = type == SegmentationType.BREAK_START.id()
                || type >= SegmentationType.PROVIDER_ADVERTISEMENT_START.id()
                        && type <= SegmentationType.DISTRIBUTOR_OVERLAY_PLACEMENT_OPPORTUNITY_END.id()
                || type == SegmentationType.PROVIDER_AD_BLOCK_START.id()
                || type == SegmentationType.DISTRIBUTOR_AD_BLOCK_START.id();
        return event.source() == SpliceEvent.Source.SPLICE_INSERT || advertisements;
    }
}
