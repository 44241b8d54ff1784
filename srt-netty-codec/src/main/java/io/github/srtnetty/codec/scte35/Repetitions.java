// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Section;
import io.github.srtnetty.codec.mpegts.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Counts how often the same section was received on one PID within a window. Stores the digests of the last 64
 * different sections, so that long sections need no more memory than short ones.
 */
final class Repetitions {
    private static final int MOST = 64;

    private final long windowTicks;
    private final Map<Digest, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Seen> eldest) {
            return size() > MOST;
        }
    };

    /** The digest of a section: its length, its CRC_32 and the FNV-1a hash of all its bytes. */
    private record Digest(int length, long crc32, long fnv1a) {
        private static final long FNV_OFFSET_BASIS = 0xCBF29CE484222325L;
        private static final long FNV_PRIME = 0x100000001B3L;

        static Digest of(Bytes section) {
            long hash = FNV_OFFSET_BASIS;
            for (int i = 0; i < section.length(); i++) {
                hash = (hash ^ section.at(i)) * FNV_PRIME;
            }
            return new Digest(section.length(), section.unsignedInt(section.length() - Section.CRC_SIZE), hash);
        }
    }

    private record Seen(long times, OptionalLong pts, long arrivalMillis) {}

    Repetitions(long windowMillis) {
        this.windowTicks = windowMillis * (Timestamp.PTS_HZ / 1000);
    }

    /**
     * Returns how often {@code section} was received before, by the program's time if it has one, otherwise by the
     * arrival time.
     */
    long count(Bytes section, OptionalLong pts, long arrivalMillis) {
        Digest digest = Digest.of(section);
        Seen before = seen.get(digest);
        long times = before == null || age(before, pts, arrivalMillis) > windowTicks ? 0 : before.times + 1;
        seen.put(digest, new Seen(times, pts, arrivalMillis));
        return times;
    }

    private static long age(Seen before, OptionalLong pts, long arrivalMillis) {
        if (before.pts.isPresent() && pts.isPresent()) {
            return Math.abs(Timestamp.difference(pts.getAsLong(), before.pts.getAsLong()));
        }
        return (arrivalMillis - before.arrivalMillis) * (Timestamp.PTS_HZ / 1000);
    }
}
