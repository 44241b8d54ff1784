// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The last date range of each event of a stream. A repeated cue keeps ID and START-DATE, an id that is used again gets
 * a number, and an IN finds its OUT. Stores the latest 1024 events. Not thread-safe.
 */
final class DateRanges {
    private static final int MOST = 1024;

    /**
     * One range.
     *
     * @param number 1 for the first of its event
     * @param end null while the range is open
     * @param opened the cue that began the range; for an IN without an OUT the IN
     * @param closed the cue that ended the range
     */
    record Range(
            String key,
            int number,
            Instant start,
            @Nullable Instant end,
            SpliceInfoSection opened,
            @Nullable SpliceInfoSection closed) {
        /** Returns the ID of the tag. */
        String id() {
            return number == 1 ? key : key + '-' + number;
        }
    }

    private final Map<String, Range> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Range> eldest) {
            return size() > MOST;
        }
    };

    /** Returns the range that an OUT opens. */
    Range out(String key, Instant time, SpliceInfoSection cue) {
        Range known = last.get(key);
        if (known != null && isSame(known.opened, cue, known.end == null)) {
            return known;
        }
        return put(new Range(key, next(known), time, null, cue, null));
    }

    /** Returns the range that an IN ends; without an OUT, a range that has only an end. */
    Range in(String key, Instant time, SpliceInfoSection cue) {
        Range known = last.get(key);
        if (known != null && known.end == null) {
            Instant end = time.isBefore(known.start) ? known.start : time;
            return put(new Range(key, known.number, known.start, end, known.opened, cue));
        }
        if (known != null && known.closed != null && isSame(known.closed, cue, true)) {
            return known;
        }
        return put(new Range(key, next(known), time, time, cue, cue));
    }

    /** Returns the range of a cue that neither leaves nor enters the network. */
    Range command(String key, Instant time, SpliceInfoSection cue) {
        Range known = last.get(key);
        if (known != null && isSame(known.opened, cue, false)) {
            return known;
        }
        return put(new Range(key, next(known), time, null, cue, null));
    }

    private Range put(Range range) {
        last.put(range.key, range);
        return range;
    }

    private static int next(@Nullable Range known) {
        return known == null ? 1 : known.number + 1;
    }

    // A repeated cue has the same splice time; without a time it is the same only if it can be.
    private static boolean isSame(SpliceInfoSection before, SpliceInfoSection now, boolean untimed) {
        OptionalLong pts = now.adjustedSplicePts();
        return pts.isPresent() ? pts.equals(before.adjustedSplicePts()) : untimed && before.equals(now);
    }
}
