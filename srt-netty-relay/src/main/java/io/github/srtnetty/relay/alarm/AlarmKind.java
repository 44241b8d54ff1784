// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.relay.event.ShownName;

/** Kinds of alarms; a stream, or the relay, has at most one of each. */
public enum AlarmKind {
    /** The publisher is connected and sends nothing. */
    NO_BIT_RATE,
    /** The publisher sends less than the limit. */
    LOW_BIT_RATE,
    /** More packets of the publisher are lost on the way than the limit allows. */
    HIGH_LOSS,
    /** A player lost packets because it was too slow, or was disconnected for that. */
    SLOW_PLAYER,
    /** Callers did not prove the passphrase, or packets could not be decrypted. */
    ENCRYPTION_FAILURE,
    /** The node sees no other one of its cluster although more are expected. It concerns the relay, not a stream. */
    NODE_ALONE;

    /** Returns whether it is about a stream, not about the relay. */
    public boolean isOfStream() {
        return this != NODE_ALONE;
    }

    /** Returns the name that clients see, such as {@code high-loss}. */
    @Override
    public String toString() {
        return ShownName.of(this);
    }
}
