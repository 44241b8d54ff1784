// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The state of a socket ({@code SRT_SOCKSTATUS}). After a rejected or timed-out connect it is {@link #BROKEN}. */
public enum SrtSocketState {
    INIT,
    OPENED,
    LISTENING,
    CONNECTING,
    CONNECTED,
    BROKEN,
    CLOSING,
    CLOSED,
    NONEXIST;

    private static final SrtSocketState[] ALL = values();

    /** Returns libsrt's number of the state, from 1. */
    public int code() {
        return ordinal() + 1;
    }

    /** Returns whether a socket in this state can receive no more data, except data that is already buffered. */
    public boolean isGone() {
        return compareTo(BROKEN) >= 0;
    }

    static SrtSocketState of(int code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : NONEXIST;
    }
}
