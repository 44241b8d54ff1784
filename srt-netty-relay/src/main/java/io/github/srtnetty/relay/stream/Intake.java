// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.netty.buffer.ByteBuf;

/** Takes the payloads that a {@link Source} reads, on the source's thread, one at a time. */
public interface Intake {
    /** The source time of a payload that has none. */
    long NO_TIME = 0;

    /**
     * Takes over a payload, and releases it in the end. Never blocks.
     *
     * @param sourceTimeMicros creation time in microseconds of this host's SRT clock, {@link #NO_TIME} if unknown
     */
    void payload(ByteBuf payload, long sourceTimeMicros);

    /** Sends queued payloads, because the source has nothing more to read for now. */
    default void flush() {}

    /** Blocks until there is room for a payload. Only a source that is not {@link Source#isLive live} calls it. */
    default void awaitRoom() throws InterruptedException {}
}
