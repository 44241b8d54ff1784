// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import org.jspecify.annotations.Nullable;

/**
 * Compares an accepted socket with what {@link LimitedAcceptFilter} decided about. A handshake can hold two blocks with
 * a stream id: libsrt gives its listen callback the second one followed by the tail of the first, and
 * {@code SRTO_STREAMID} the second alone. It also accepts some callers that do not know the passphrase, see
 * {@link KeyExchange}. Event loop.
 */
final class AcceptCheck {
    /** {@code SRT_REJ_ROGUE}: the reason in the event; the caller is connected and only sees the close. */
    private static final SrtRejectReason ROGUE = new SrtRejectReason(4);

    private final AdmittedCallers callers;
    private final AcceptReports reports;

    AcceptCheck(AdmittedCallers callers, AcceptReports reports) {
        this.callers = callers;
        this.reports = reports;
    }

    /** Returns what was decided about a socket, null when the socket must be closed, which is counted and reported. */
    AdmittedCallers.@Nullable Admitted claim(SrtSocket socket) {
        AdmittedCallers.Admitted admitted = callers.remove(socket.id());
        if (admitted == null) {
            reports.count(SrtRejectedEvent.Cause.UNDECIDED);
            reports.warn(
                    "closed the connection of {}: it was accepted without a decision",
                    String.valueOf(socket.remoteAddress()));
            return null;
        }
        if (hasAnotherStreamId(socket, admitted.request())) {
            reports.rejected(admitted.request(), ROGUE, SrtRejectedEvent.Cause.STREAM_ID);
            reports.warn(
                    "closed the connection of {}: its handshake holds another stream id than the decided one",
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

    // A stream id that cannot be read is not different: the caller has left already.
    private static boolean hasAnotherStreamId(SrtSocket socket, SrtAcceptRequest request) {
        try {
            return !socket.getOption(SrtOptions.SRTO_STREAMID).equals(request.streamId());
        } catch (SrtException e) {
            return false;
        }
    }
}
