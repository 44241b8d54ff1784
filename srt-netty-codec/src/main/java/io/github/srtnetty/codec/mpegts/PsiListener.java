// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * Listener for changed tables of a {@link PsiTracker}, on the thread that feeds it. By default its methods do nothing.
 */
public interface PsiListener {
    /** Receives the first PAT and each PAT that differs from the previous one. */
    default void onPat(Pat pat) {}

    /**
     * Receives the first PMT of a program and each changed one; {@link TsProgram#pmt()} already returns {@code pmt}.
     */
    default void onPmt(TsProgram program, Pmt pmt) {}

    /** Reports before {@link #onPat} that the PAT no longer has the program or has it with another PID. */
    default void onProgramRemoved(TsProgram program) {}

    /** Receives each complete section on a PID of a PAT or PMT, including repeated ones. */
    default void onSection(Section section) {}

    /** Receives each unusable section on a PID of a PAT or PMT. */
    default void onPsiError(SectionError error) {}
}
