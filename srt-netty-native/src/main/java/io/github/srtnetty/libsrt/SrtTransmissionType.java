// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The transmission type of a socket ({@code SRT_TRANSTYPE}); {@code SRTO_TRANSTYPE} sets many other options. */
public enum SrtTransmissionType {
    /** Messages of one packet, delivered on time; a packet that is too late is dropped. The default. */
    LIVE,
    /** A byte stream, or messages of any length; nothing is dropped. */
    FILE;

    private static final SrtTransmissionType[] ALL = values();

    /** Returns libsrt's number of the type: 0 or 1. */
    public int code() {
        return ordinal();
    }

    /**
     * Returns the type with a number.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SrtTransmissionType of(int code) {
        if (code < 0 || code >= ALL.length) {
            throw new IllegalArgumentException("transmission type " + code + ": must be 0 (LIVE) or 1 (FILE)");
        }
        return ALL[code];
    }
}
