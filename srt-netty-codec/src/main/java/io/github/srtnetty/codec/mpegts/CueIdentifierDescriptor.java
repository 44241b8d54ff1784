// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;

/**
 * The cue_identifier_descriptor (ANSI/SCTE 35, 8.2): the kind of cues on a splice PID.
 *
 * @param cueStreamType 0: splice_insert, null and schedule; 1: all commands; 2: segmentation; 3 and 4: tiered; others
 *     reserved
 */
public record CueIdentifierDescriptor(int cueStreamType) implements Descriptor {
    /** Its descriptor_tag. */
    public static final int TAG = 0x8A;

    @Override
    public int tag() {
        return TAG;
    }

    @Override
    public Bytes data() {
        return Bytes.of((byte) cueStreamType);
    }
}
