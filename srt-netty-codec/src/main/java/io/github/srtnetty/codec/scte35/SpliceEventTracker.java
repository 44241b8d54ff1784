// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the open breaks and segments of a stream. A break is identified by program and splice_event_id, a segment by
 * program, segmentation_event_id and the type that opened it. A repeated cue does not open or close anything again; one
 * with another duration moves the end. Stores at most 256 events and 256 KiB of their cues, where a cue counts for each
 * event that it opened. The oldest are removed first.
 *
 * <p>Not thread-safe.
 */
public final class SpliceEventTracker {
    private static final int MOST_OPEN = 256;
    /** Several times the size of 256 usual cues. The decoded values of a cue take about twenty times its bytes. */
    private static final int MOST_BYTES = 256 << 10;

    private static final List<SegmentationType> OPENING = Arrays.stream(SegmentationType.values())
            .filter(type -> type.end() != null)
            .toList();

    private final Map<Key, SpliceEvent> open = new LinkedHashMap<>();
    /** The begin of the last events that have ended, which identifies a repeated cue. */
    private final Map<Key, OptionalLong> closed = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, OptionalLong> eldest) {
            return size() > MOST_OPEN;
        }
    };

    private final Consumer<SpliceEvent> listener;
    private int openBytes;
    /** The auto-returns by program, so that a PTS does not process the breaks of other programs. */
    private final Map<Integer, Map<Key, AutoReturn>> autoReturns = new HashMap<>();

    private record Key(SpliceEvent.Source source, int program, long eventId, int type) {}

    /** Creates a tracker that calls {@code listener} before {@link #accept} and {@link #advance} return. */
    public SpliceEventTracker(Consumer<SpliceEvent> listener) {
        this.listener = listener;
    }

    /** Returns the opening events of all open breaks and segments, oldest first. */
    public List<SpliceEvent> open() {
        return List.copyOf(open.values());
    }

    /** Accepts the next cue of the stream. */
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
     * Notes that {@code program} has reached {@code pts90k}, and closes the breaks with auto_return that are over. Call
     * it at least every 13 hours of the program, half of the range of a PTS.
     */
    public void advance(int program, long pts90k) {
        Map<Key, AutoReturn> breaks = autoReturns.get(program);
        if (breaks == null) {
            return;
        }
        List<Key> over = new ArrayList<>();
        breaks.forEach((key, autoReturn) -> {
            if (autoReturn.isOverAt(pts90k)) {
                over.add(key);
            }
        });
        for (Key key : over) {
            autoReturn(key, breaks.get(key));
        }
    }

    /** Returns the programs with an open break that has auto_return; a view. */
    Set<Integer> programsToAdvance() {
        return autoReturns.keySet();
    }

    private void autoReturn(Key key, @Nullable AutoReturn autoReturn) {
        SpliceEvent event = open.get(key);
        if (event != null && autoReturn != null) { // otherwise the listener has closed it
            close(key, SpliceEvent.Kind.AUTO_RETURNED, OptionalLong.of(autoReturn.endPts()), event.cue());
        }
    }

    private void removeAutoReturn(Key key) {
        autoReturns.computeIfPresent(key.program, (program, breaks) -> {
            breaks.remove(key);
            return breaks.isEmpty() ? null : breaks;
        });
    }

    private void acceptInsert(SpliceInsert.Event event, Scte35Cue cue) {
        Key key = new Key(SpliceEvent.Source.SPLICE_INSERT, cue.programNumber(), event.spliceEventId(), 0);
        if (event.outOfNetworkIndicator()) {
            BreakDuration duration = event.breakDuration();
            open(key, 0, duration == null ? OptionalLong.empty() : OptionalLong.of(duration.duration()), cue);
        } else {
            close(key, SpliceEvent.Kind.CLOSED, cue.adjustedSplicePts(), cue);
        }
    }

    private void acceptSegmentation(SegmentationDescriptor.Event event, Scte35Cue cue) {
        SegmentationType type = SegmentationType.of(event.segmentationTypeId());
        if (type == null) {
            return;
        }
        if (type == SegmentationType.PROGRAM_OVERLAP_START) { // opens the next program while the last one continues
            Key key = segment(cue, event, SegmentationType.PROGRAM_START);
            open(key, type.id(), event.segmentationDuration(), cue);
            return;
        }
        if (type.end() != null) {
            open(segment(cue, event, type), type.id(), event.segmentationDuration(), cue);
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

    /** Returns the type that {@code end} closes; an early termination also closes a program. */
    private static @Nullable SegmentationType opener(SegmentationType end) {
        if (end == SegmentationType.PROGRAM_EARLY_TERMINATION) {
            return SegmentationType.PROGRAM_START;
        }
        SegmentationType before = end.id() == 0 ? null : SegmentationType.of(end.id() - 1);
        return before != null && before.end() == end ? before : null;
    }

    private void open(Key key, int type, OptionalLong duration, Scte35Cue cue) {
        OptionalLong pts = cue.adjustedSplicePts();
        if (pts.isPresent() && pts.equals(closed.get(key))) {
            return; // announced again after its end was announced
        }
        SpliceEvent event = new SpliceEvent(
                SpliceEvent.Kind.OPENED, key.source, key.program, key.eventId, type, pts, duration, cue);
        SpliceEvent before = open.get(key);
        if (before != null) {
            if (!before.duration().equals(duration)) {
                move(key, before, event);
            }
            return;
        }
        while (open.size() == MOST_OPEN || (!open.isEmpty() && openBytes + bytes(event) > MOST_BYTES)) {
            forget(open.keySet().iterator().next());
        }
        open.put(key, event);
        openBytes += bytes(event);
        addAutoReturn(key, event);
        listener.accept(event);
    }

    private void addAutoReturn(Key key, SpliceEvent event) {
        AutoReturn autoReturn = AutoReturn.of(event);
        if (autoReturn != null) {
            autoReturns
                    .computeIfAbsent(key.program, program -> new LinkedHashMap<>())
                    .put(key, autoReturn);
        }
    }

    /** Sets another duration of an open event, which moves its end. */
    private void move(Key key, SpliceEvent before, SpliceEvent changed) {
        open.put(key, changed);
        openBytes += bytes(changed) - bytes(before);
        removeAutoReturn(key);
        addAutoReturn(key, changed);
    }

    private void close(Key key, SpliceEvent.Kind kind, OptionalLong pts, Scte35Cue cue) {
        SpliceEvent opened = forget(key);
        if (opened != null) {
            if (kind != SpliceEvent.Kind.CANCELLED) {
                closed.put(key, opened.splicePts());
            }
            listener.accept(opened.as(kind, pts, cue));
        }
    }

    private @Nullable SpliceEvent forget(Key key) {
        SpliceEvent event = open.remove(key);
        if (event != null) {
            openBytes -= bytes(event);
            removeAutoReturn(key);
        }
        return event;
    }

    private static int bytes(SpliceEvent event) {
        return event.cue().section().bytes().length();
    }

    private void cancel(SpliceEvent.Source source, long eventId, Scte35Cue cue) {
        if (source == SpliceEvent.Source.SPLICE_INSERT) {
            close(
                    new Key(source, cue.programNumber(), eventId, 0),
                    SpliceEvent.Kind.CANCELLED,
                    OptionalLong.empty(),
                    cue);
            return;
        }
        for (SegmentationType type : OPENING) { // not over all open events, because a section can cancel hundreds
            Key key = new Key(source, cue.programNumber(), eventId, type.id());
            close(key, SpliceEvent.Kind.CANCELLED, OptionalLong.empty(), cue);
        }
    }
}
