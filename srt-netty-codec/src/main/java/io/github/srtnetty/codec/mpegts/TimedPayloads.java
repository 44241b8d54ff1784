// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Payloads in order, each with its send time. One thread uses it. */
public interface TimedPayloads {
    /** Seven packets of a transport stream, which fit into one SRT packet. */
    int TS_PAYLOAD_BYTES = 7 * 188;

    /**
     * A payload and its due time.
     *
     * @param bytes the payload; the receiver may keep it
     * @param dueNanos when to send it, in nanoseconds since the first; 0 means as soon as possible
     */
    record TimedPayload(byte[] bytes, long dueNanos) {}

    /** Returns the next payload, or null at the end; may block until the source has one. */
    @Nullable
    TimedPayload next() throws IOException;
}
