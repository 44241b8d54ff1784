// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.IoEvent;

/** The new state of a socket; valid only during {@link SrtIoHandle#handle}. */
final class SrtIoEvent implements IoEvent {
    private SrtIoOps ops = SrtIoOps.NONE;

    SrtIoEvent() {}

    /** Returns the events that became true or were submitted since the last call of {@link SrtIoHandle#handle}. */
    SrtIoOps ops() {
        return ops;
    }

    SrtIoEvent with(int bits) {
        ops = SrtIoOps.of(bits);
        return this;
    }
}
