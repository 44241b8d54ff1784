// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** What a libsrt may or may not have been built with. Probed on the loaded library, never concluded from its version. */
public enum SrtFeature {
    /** AES-GCM and {@code SRTO_CRYPTOMODE} (ENABLE_AEAD_API_PREVIEW). */
    AEAD("ENABLE_AEAD_API_PREVIEW", 62),
    /** Connection groups (ENABLE_BONDING). */
    BONDING("ENABLE_BONDING", 57),
    /** {@code SRTO_MAXREXMITBW} (ENABLE_MAXREXMITBW). */
    MAXREXMITBW("ENABLE_MAXREXMITBW", 63);

    private final String buildFlag;
    private final int probedOption;

    SrtFeature(String buildFlag, int probedOption) {
        this.buildFlag = buildFlag;
        this.probedOption = probedOption;
    }

    /** Returns the flag of libsrt's build that brings it. */
    public String buildFlag() {
        return buildFlag;
    }

    /** Returns whether the loaded library has it. */
    public boolean isAvailable() {
        return Probed.AVAILABLE[ordinal()];
    }

    /** Asked once: each probe makes a socket. */
    private static final class Probed {
        static final boolean[] AVAILABLE = probe();

        private static boolean[] probe() {
            Srt.ensureAvailability();
            SrtFeature[] features = values();
            boolean[] available = new boolean[features.length];
            int socket = LibSrt.srt_create_socket();
            for (SrtFeature feature : features) {
                Scratch scratch = Scratch.get();
                scratch.setLength(Scratch.VALUE_BYTES);
                available[feature.ordinal()] = LibSrt.srt_getsockflag(
                                socket, feature.probedOption, scratch.valueAddress(), scratch.lengthAddress())
                        != SrtErrors.SRT_ERROR;
            }
            LibSrt.srt_close(socket);
            return available;
        }
    }
}
