// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtRejectReason;

/**
 * Reports, as a user event of a listener's pipeline, a caller that the listener rejected. libsrt does not report
 * callers that it rejects itself, for example for a wrong passphrase. When callers are rejected faster than the event
 * loop handles the events, some events are dropped; {@link SrtServerChannel#acceptCounts()} counts all of them.
 *
 * @param request the caller
 * @param reason the code that the caller gets
 * @param cause the part of the listener that rejected
 */
public record SrtRejectedEvent(SrtAcceptRequest request, SrtRejectReason reason, Cause cause) {
    /** The part of the listener that rejected a caller. */
    public enum Cause {
        /** The {@link SrtAcceptFilter} rejected. */
        FILTER,
        /** The filter threw, or an option of its decision could not be set. */
        FILTER_FAILED,
        /**
         * The accepted socket has another stream id than the filter saw, which a caller achieves with two stream ids in
         * one handshake. The connection was closed before its {@code initChannel}; the caller gets no code.
         */
        STREAM_ID,
        /**
         * libsrt accepted the caller although it did not prove the passphrase and {@code SRTO_ENFORCEDENCRYPTION} is
         * on. It was closed like {@link #STREAM_ID}.
         */
        UNENCRYPTED,
        /**
         * The socket was accepted without a decision, after an error outside the filter. It was closed like
         * {@link #STREAM_ID}.
         */
        UNDECIDED,
        /**
         * The caller's address calls too often: {@link SrtAcceptLimits#handshakesPerSecond()}. The filter was not
         * asked.
         */
        ADDRESS_RATE,
        /** Too many callers are half-open: {@link SrtAcceptLimits#halfOpen()}. The filter was not asked. */
        HALF_OPEN,
        /** The caller's handshake has version 4, and {@code SRTO_MINVERSION} or a passphrase asks for version 5. */
        VERSION
    }
}
