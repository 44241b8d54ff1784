// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoOps;

/**
 * A set of events of a socket. A set that is submitted to a registration is delivered later, in turn with all other
 * sockets.
 */
final class SrtIoOps implements IoOps {
    private static final int ALL_BITS = SrtSocket.EVENT_IN | SrtSocket.EVENT_OUT | SrtSocket.EVENT_ERR;
    private static final SrtIoOps[] VALUES = values();

    /** No event. */
    static final SrtIoOps NONE = of(0);
    /** Something can be received or accepted. */
    static final SrtIoOps IN = of(SrtSocket.EVENT_IN);
    /** Something can be sent, or a connect has succeeded. */
    static final SrtIoOps OUT = of(SrtSocket.EVENT_OUT);
    /** The socket is broken. */
    static final SrtIoOps ERR = of(SrtSocket.EVENT_ERR);

    private final int bits;

    private SrtIoOps(int bits) {
        this.bits = bits;
    }

    /** Returns whether any of {@code other}'s events is in this set. */
    boolean intersects(SrtIoOps other) {
        return (bits & other.bits) != 0;
    }

    @Override
    public String toString() {
        return (intersects(IN) ? "IN " : "") + (intersects(OUT) ? "OUT " : "") + (intersects(ERR) ? "ERR" : "");
    }

    int bits() {
        return bits;
    }

    static SrtIoOps of(int bits) {
        return VALUES[bits & ALL_BITS];
    }

    private static SrtIoOps[] values() {
        SrtIoOps[] values = new SrtIoOps[ALL_BITS + 1];
        for (int bits = 0; bits < values.length; bits++) {
            values[bits] = new SrtIoOps(bits);
        }
        return values;
    }
}
