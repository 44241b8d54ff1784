// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The deviations from the standard that a decoder accepts, and its keys. Immutable. {@link #STRICT} is always the
 * default.
 */
public final class DecodeOptions {
    /** Bad CRC_32 and truncated sections are failures; no keys. */
    public static final DecodeOptions STRICT = new DecodeOptions(false, false, Map.of());

    private final boolean badCrc;
    private final boolean truncated;
    private final Map<Integer, Bytes> keys;

    private DecodeOptions(boolean badCrc, boolean truncated, Map<Integer, Bytes> keys) {
        this.badCrc = badCrc;
        this.truncated = truncated;
        this.keys = keys;
    }

    /**
     * Accepts sections with a wrong CRC_32, with {@link Warning.Code#CRC_MISMATCH}: for display only, not for splicing.
     */
    public DecodeOptions withBadCrc() {
        return new DecodeOptions(true, truncated, keys);
    }

    /**
     * Accepts sections that are shorter than section_length says, with {@link Warning.Code#TRUNCATED} and no CRC check.
     */
    public DecodeOptions withTruncated() {
        return new DecodeOptions(badCrc, true, keys);
    }

    /**
     * Decrypts sections of this cw_index.
     *
     * @param cwIndex 0 to 255
     * @param key 8 bytes for DES, 24 for triple DES; copied
     */
    public DecodeOptions withKey(int cwIndex, byte... key) {
        Limits.bits("cw_index", cwIndex, 8);
        Map<Integer, Bytes> more = new TreeMap<>(keys);
        more.put(cwIndex, Bytes.of(key));
        return new DecodeOptions(badCrc, truncated, Map.copyOf(more));
    }

    boolean acceptsBadCrc() {
        return badCrc;
    }

    boolean acceptsTruncated() {
        return truncated;
    }

    @Nullable
    Bytes key(int cwIndex) {
        return keys.get(cwIndex);
    }

    /** Returns a text with the cw_indexes that have a key, but without the keys. */
    @Override
    public String toString() {
        return "DecodeOptions[badCrc=" + badCrc + ", truncated=" + truncated + ", keysFor=" + keys.keySet() + "]";
    }
}
