// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;

/**
 * A descriptor whose data is not decoded.
 *
 * @param tag the descriptor_tag, 0 to 255
 * @param data the bytes after descriptor_length, at most 255
 */
public record RawDescriptor(int tag, Bytes data) implements Descriptor {
    /** Throws {@link IllegalArgumentException} when a field is out of its range. */
    public RawDescriptor {
        if (tag < 0 || tag > 0xFF || data.length() > 0xFF) {
            throw new IllegalArgumentException("descriptor " + tag + " with " + data.length() + " bytes");
        }
    }
}
