// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** An optional feature of a libsrt build. It is probed on the loaded library, not inferred from its version. */
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

    /** Returns the build flag of libsrt that enables the feature. */
    public String buildFlag() {
        return buildFlag;
    }

    /** Returns whether the loaded library has the feature; false if no library was loaded. */
    public boolean isAvailable() {
        return Srt.isAvailable() && Probed.AVAILABLE[ordinal()];
    }

    /** The result of the only probe, because a probe creates a socket. */
    private static final class Probed {
        static final boolean[] AVAILABLE = probe();

        private static boolean[] probe() {
            boolean[] available = new boolean[values().length];
            try {
                int socket = Srt.create("srt_create_socket", LibSrt::srt_create_socket);
                for (SrtFeature feature : values()) {
                    available[feature.ordinal()] = hasOption(socket, feature.probedOption);
                }
                LibSrt.srt_close(socket);
            } catch (SrtException e) {
                SrtLog.failure("cannot detect the features of libsrt", e);
            }
            return available;
        }

        private static boolean hasOption(int socket, int option) {
            Scratch scratch = Scratch.get();
            scratch.setLength(Scratch.VALUE_BYTES);
            return LibSrt.srt_getsockflag(socket, option, scratch.valueAddress(), scratch.lengthAddress())
                    != SrtErrors.SRT_ERROR;
        }
    }
}
