// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** Receives the sections that a {@link SectionAssembler} finds, on the thread that feeds it, in stream order. */
public interface SectionListener {
    /** Receives each whole section whose CRC_32 is right (or whose syntax has none). */
    void onSection(Section section);

    /** Receives each section that cannot be delivered; does nothing unless overridden. */
    default void onSectionError(SectionError error) {}
}
