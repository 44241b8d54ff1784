// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtRejectReason;

/**
 * User event that a listener fires for a caller that it rejected. There is no event for a caller that libsrt rejects
 * itself, for example for a wrong passphrase, because libsrt does not report it. When callers are rejected faster than
 * the event loop handles the events, some events are dropped; {@link SrtServerChannel#acceptCounts()} still counts all
 * callers.
 *
 * @param request the rejected caller
 * @param reason the code that the caller receives
 * @param cause the part of the listener that rejected
 */
public record SrtRejectedEvent(SrtAcceptRequest request, SrtRejectReason reason, Cause cause) {
    /** The part of the listener that rejected a caller. */
    public enum Cause {
        /** The {@link SrtAcceptFilter} rejected the caller. */
        FILTER,
        /** The filter threw an exception, or an option of its decision could not be set. */
        FILTER_FAILED,
        /**
         * The accepted socket has another stream id than the filter saw, because the caller sent two stream ids in one
         * handshake. The connection was closed before its {@code initChannel}; the caller receives no code.
         */
        STREAM_ID,
        /**
         * libsrt accepted the caller although the caller did not prove the passphrase and {@code
         * SRTO_ENFORCEDENCRYPTION} is on. The connection was closed as for {@link #STREAM_ID}.
         */
        UNENCRYPTED,
        /**
         * libsrt accepted the socket without a decision, after an error outside the filter. The connection was closed
         * as for {@link #STREAM_ID}.
         */
        UNDECIDED,
        /** The caller's address exceeds {@link SrtAcceptLimits#handshakesPerSecond()}. The filter was not called. */
        ADDRESS_RATE,
        /** {@link SrtAcceptLimits#halfOpen()} is reached. The filter was not called. */
        HALF_OPEN,
        /** The caller's handshake has version 4, and {@code SRTO_MINVERSION} or a passphrase requires version 5. */
        VERSION
    }
}
