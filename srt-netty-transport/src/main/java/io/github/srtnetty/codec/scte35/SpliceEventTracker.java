// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the open breaks and segments of a stream. A break is known by program and splice_event_id, a segment by program,
 * segmentation_event_id and the type that opened it; repeated cues open nothing twice. Keeps at most 256, the oldest go first.
 *
 * <p>Not for several threads.
 */
public final class SpliceEventTracker {
    private static final int MOST_OPEN = 256;

    private final Map<Key, SpliceEvent> open = new LinkedHashMap<>();
    private final Consumer<SpliceEvent> listener;
    private final Map<Key, AutoReturn> autoReturns = new LinkedHashMap<>();

    private record Key(SpliceEvent.Source source, int program, long eventId, int type) {}

    /** Reports to {@code listener}, before {@link #accept} and {@link #advance} return. */
    public SpliceEventTracker(Consumer<SpliceEvent> listener) {
        this.listener = listener;
    }

    /** Returns what is open, oldest first: the events that opened it. */
    public List<SpliceEvent> open() {
        return List.copyOf(open.values());
    }

    /** Takes the next cue of the stream. */
    public void accept(Scte35Cue cue) {
        SpliceCommand command = cue.section().command();
        if (command instanceof SpliceInsert.Cancel cancel) {
            cancel(SpliceEvent.Source.SPLICE_INSERT, cancel.spliceEventId(), cue);
        } else if (command instanceof SpliceInsert.Event event) {
            acceptInsert(event, cue);
        }
        for (SpliceDescriptor descriptor : cue.section().descriptors()) {
            if (descriptor instanceof SegmentationDescriptor.Cancel cancel) {
                cancel(SpliceEvent.Source.SEGMENTATION, cancel.segmentationEventId(), cue);
            } else if (descriptor instanceof SegmentationDescriptor.Event event) {
                acceptSegmentation(event, cue);
            }
        }
    }

    /**
     * Tells that {@code program} has reached {@code pts90k}: breaks with auto_return that are over are closed. To be called at least
     * every 13 hours of the program, half of a PTS's range.
     */
    public void advance(int program, long pts90k) {
        if (autoReturns.isEmpty()) {
            return;
        }
        List<Key> over = new ArrayList<>();
        autoReturns.forEach((key, autoReturn) -> {
            if (key.program == program && autoReturn.isOverAt(pts90k)) {
                over.add(key);
            }
        });
        for (Key key : over) {
            autoReturn(key);
        }
    }

    private void autoReturn(Key key) {
        SpliceEvent event = open.get(key);
        AutoReturn autoReturn = autoReturns.get(key);
        if (event != null && autoReturn != null) { // else the listener has closed it
            close(key, SpliceEvent.Kind.AUTO_RETURNED, OptionalLong.of(autoReturn.endPts()), event.cue());
        }
    }

    private void acceptInsert(SpliceInsert.Event event, Scte35Cue cue) {
        Key key = new Key(SpliceEvent.Source.SPLICE_INSERT, cue.programNumber(), event.spliceEventId(), 0);
        if (event.outOfNetworkIndicator()) {
            BreakDuration duration = event.breakDuration();
            open(key, duration == null ? OptionalLong.empty() : OptionalLong.of(duration.duration()), cue);
        } else {
            close(key, SpliceEvent.Kind.CLOSED, cue.adjustedSplicePts(), cue);
        }
    }

    private void acceptSegmentation(SegmentationDescriptor.Event event, Scte35Cue cue) {
        SegmentationType type = SegmentationType.of(event.segmentationTypeId());
        if (type == null) {
            return;
        }
        if (type.end() != null) {
            open(segment(cue, event, type), event.segmentationDuration(), cue);
            return;
        }
        SegmentationType start = opener(type);
        if (start != null) {
            close(segment(cue, event, start), SpliceEvent.Kind.CLOSED, cue.adjustedSplicePts(), cue);
        }
    }

    private static Key segment(Scte35Cue cue, SegmentationDescriptor.Event event, SegmentationType start) {
        return new Key(SpliceEvent.Source.SEGMENTATION, cue.programNumber(), event.segmentationEventId(), start.id());
    }

    /** Returns the type that {@code end} closes; early termination closes a program too. */
    private static @Nullable SegmentationType opener(SegmentationType end) {
        if (end == SegmentationType.PROGRAM_EARLY_TERMINATION) {
            return SegmentationType.PROGRAM_START;
        }
        SegmentationType before = end.id() == 0 ? null : SegmentationType.of(end.id() - 1);
        return before != null && before.end() == end ? before : null;
    }

    private void open(Key key, OptionalLong duration, Scte35Cue cue) {
        if (open.containsKey(key)) {
            return;
        }
        SpliceEvent event = new SpliceEvent(
                SpliceEvent.Kind.OPENED,
                key.source,
                key.program,
                key.eventId,
                key.type,
                cue.adjustedSplicePts(),
                duration,
                cue);
        if (open.size() == MOST_OPEN) {
            Key oldest = open.keySet().iterator().next();
            open.remove(oldest);
            autoReturns.remove(oldest);
        }
        open.put(key, event);
        AutoReturn autoReturn = AutoReturn.of(event);
        if (autoReturn != null) {
            autoReturns.put(key, autoReturn);
        }
        listener.accept(event);
    }

    private void close(Key key, SpliceEvent.Kind kind, OptionalLong pts, Scte35Cue cue) {
        SpliceEvent opened = open.remove(key);
        if (opened != null) {
            autoReturns.remove(key);
            listener.accept(opened.as(kind, pts, cue));
        }
    }

    private void cancel(SpliceEvent.Source source, long eventId, Scte35Cue cue) {
        for (Key key : List.copyOf(open.keySet())) {
            if (key.source == source && key.program == cue.programNumber() && key.eventId == eventId) {
                close(key, SpliceEvent.Kind.CANCELLED, OptionalLong.empty(), cue);
            }
        }
    }
}
