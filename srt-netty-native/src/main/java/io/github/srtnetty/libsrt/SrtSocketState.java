// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

/** The state of a socket ({@code SRT_SOCKSTATUS}); a rejected or timed-out connect reads {@link #BROKEN}. */
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

    /** Returns libsrt's number of it, from 1. */
    public int code() {
        return ordinal() + 1;
    }

    /** Returns whether nothing can arrive on such a socket any more, but what is buffered. */
    public boolean isGone() {
        return compareTo(BROKEN) >= 0;
    }

    static SrtSocketState of(int code) {
        return code >= 1 && code <= ALL.length ? ALL[code - 1] : NONEXIST;
    }
}
