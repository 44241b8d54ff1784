// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import org.jspecify.annotations.Nullable;

/**
 * Compares an accepted socket with the request that {@link LimitedAcceptFilter} decided about. A handshake can hold two
 * blocks with a stream id. libsrt then passes the second one followed by the tail of the first to its listen callback,
 * but only the second one to {@code SRTO_STREAMID}. It also accepts some callers that do not know the passphrase, see
 * {@link KeyExchange}. Event loop.
 */
final class AcceptCheck {
    /** {@code SRT_REJ_ROGUE}, the reason in the event. The caller is already connected and sees only the close. */
    private static final SrtRejectReason ROGUE = new SrtRejectReason(4);

    private final AdmittedCallers callers;
    private final AcceptReports reports;

    AcceptCheck(AdmittedCallers callers, AcceptReports reports) {
        this.callers = callers;
        this.reports = reports;
    }

    /** Returns the decision about a socket, or null if the socket must be closed; counts and reports the latter. */
    AdmittedCallers.@Nullable Admitted claim(SrtSocket socket) {
        AdmittedCallers.Admitted admitted = callers.remove(socket.id());
        if (admitted == null) {
            reports.count(SrtRejectedEvent.Cause.UNDECIDED);
            reports.warn(
                    "closed the connection of {}: libsrt accepted it without a decision of the filter",
                    String.valueOf(socket.remoteAddress()));
            return null;
        }
        if (hasAnotherStreamId(socket, admitted.request())) {
            reports.rejected(admitted.request(), ROGUE, SrtRejectedEvent.Cause.STREAM_ID);
            reports.warn(
                    "closed the connection of {}: its stream id differs from the one that the filter decided about",
                    admitted.request());
            return null;
        }
        if (KeyExchange.isIncomplete(socket)) {
            reports.rejected(admitted.request(), SrtRejectReason.UNSECURE, SrtRejectedEvent.Cause.UNENCRYPTED);
            reports.warn("closed the connection of {}: it did not prove the passphrase", admitted.request());
            return null;
        }
        reports.accepted();
        return admitted;
    }

    // A stream id that cannot be read does not count as different: the caller has already left.
    private static boolean hasAnotherStreamId(SrtSocket socket, SrtAcceptRequest request) {
        try {
            return !socket.getOption(SrtOptions.SRTO_STREAMID).equals(request.streamId());
        } catch (SrtException e) {
            return false;
        }
    }
}
