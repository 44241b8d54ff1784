// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Payloads in order, each with the time when it is to be sent. One thread uses it. */
public interface TimedPayloads {
    /** Seven packets of a transport stream: what fits into one SRT packet. */
    int TS_PAYLOAD_BYTES = 7 * 188;

    /**
     * A payload and when it is due.
     *
     * @param bytes the payload; the receiver may keep it
     * @param dueNanos when to send it, in nanoseconds since the first; 0 means as soon as possible
     */
    record TimedPayload(byte[] bytes, long dueNanos) {}

    /** Returns the next one, null at the end; may block while the source has none yet. */
    @Nullable
    TimedPayload next() throws IOException;
}
