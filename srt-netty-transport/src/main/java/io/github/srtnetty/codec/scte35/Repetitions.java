// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Counts how often the same section came on one PID within a window; remembers the last 64 that differ. */
final class Repetitions {
    private static final int MOST = 64;

    private final long windowTicks;
    private final Map<Bytes, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, Seen> eldest) {
            return size() > MOST;
        }
    };

    private record Seen(long times, OptionalLong pts, long arrivalMillis) {}

    Repetitions(long windowMillis) {
        this.windowTicks = windowMillis * (Timestamp.PTS_HZ / 1000);
    }

    /** Returns how often {@code section} came before; by the program's time when it has one, else by that of arrival. */
    long count(Bytes section, OptionalLong pts, long arrivalMillis) {
        Seen before = seen.get(section);
        long times = before == null || age(before, pts, arrivalMillis) > windowTicks ? 0 : before.times + 1;
        seen.put(section, new Seen(times, pts, arrivalMillis));
        return times;
    }

    private static long age(Seen before, OptionalLong pts, long arrivalMillis) {
        if (before.pts.isPresent() && pts.isPresent()) {
            return Math.abs(Timestamp.difference(pts.getAsLong(), before.pts.getAsLong()));
        }
        return (arrivalMillis - before.arrivalMillis) * (Timestamp.PTS_HZ / 1000);
    }
}
