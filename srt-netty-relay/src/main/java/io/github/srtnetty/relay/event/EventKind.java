// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

/** Kinds of events. */
public enum EventKind {
    /** A publisher was accepted. */
    PUBLISH,
    /** A publisher left, was closed, or was replaced. */
    UNPUBLISH,
    /** A player was accepted. */
    PLAY,
    /** A player left or was closed. */
    LEAVE,
    /** A caller was rejected; only some of them are reported, see {@link RejectionEvents}. */
    REJECTED,
    /** A publisher took over from one that was silent. */
    FAILOVER,
    /** An SCTE-35 cue arrived in a stream whose setting {@code cues} is true. */
    CUE,
    /** A configuration was applied, or could not be used. */
    RELOAD,
    /** The relay rejects new callers from now on. */
    DRAIN,
    /** An alarm was raised. */
    ALARM_RAISED,
    /** An alarm was cleared. */
    ALARM_CLEARED,
    /** Another node joined the cluster. */
    NODE_JOINED,
    /** Another node left the cluster or can no longer be reached. */
    NODE_LEFT,
    /** Another claim of a stream's name won after a split of the cluster: the publisher here is closed. */
    CLAIM_LOST;

    /** Returns the name that clients see, such as {@code alarm-raised}. */
    @Override
    public String toString() {
        return ShownName.of(this);
    }
}
