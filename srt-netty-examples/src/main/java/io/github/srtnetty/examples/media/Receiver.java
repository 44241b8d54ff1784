// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.netty.buffer.ByteBuf;

/** Takes what an input reads. The input's thread calls it. */
public interface Receiver {
    /** There is no source time. */
    long NO_TIME = 0;

    /**
     * Takes a payload, and releases it in the end.
     *
     * @param sourceTimeMicros when it was made, in microseconds of this host's SRT clock, {@link #NO_TIME} where
     * unknown
     */
    void payload(ByteBuf payload, long sourceTimeMicros);

    /** Notices that nothing more is there for now: what waits to be sent, should be. */
    default void burstEnded() {}

    /** Waits until there is room for more. Only an input that can wait, a file, calls it. */
    default void awaitRoom() throws InterruptedException {}
}
