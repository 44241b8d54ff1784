// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** Listener for the sections of a {@link SectionAssembler}, on the thread that feeds it, in stream order. */
public interface SectionListener {
    /** Receives each complete section whose CRC_32 is correct, or which has no CRC_32. */
    void onSection(Section section);

    /** Receives the error of each section that cannot be delivered; does nothing unless overridden. */
    default void onSectionError(SectionError error) {}
}
