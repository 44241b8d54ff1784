// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** Receives changed tables from a {@link PsiTracker}, on the thread that feeds it. Does nothing unless overridden. */
public interface PsiListener {
    /** Receives the first PAT and each one that differs from the one before. */
    default void onPat(Pat pat) {}

    /**
     * Receives the first PMT of a program and each one that differs; {@link TsProgram#pmt()} is {@code pmt} already.
     */
    default void onPmt(TsProgram program, Pmt pmt) {}

    /** Reports that the PAT no longer has the program, or has it with another PID, before {@link #onPat}. */
    default void onProgramRemoved(TsProgram program) {}

    /** Receives each whole section on a PID of a PAT or PMT, also when it repeats what is known. */
    default void onSection(Section section) {}

    /** Receives each section on a PID of a PAT or PMT that cannot be used. */
    default void onPsiError(SectionError error) {}
}
