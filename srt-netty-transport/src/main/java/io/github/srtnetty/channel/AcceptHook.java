// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtListenHook;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Decides about callers on libsrt's thread: asks the {@link SrtAcceptFilter} and keeps what it decided for the accept. All that
 * may take time, logging too, is left to the event loop.
 */
final class AcceptHook implements SrtListenHook {
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SrtAcceptFilter filter;
    private final AdmittedCallers callers;
    private final AcceptReports reports;
    private final int port;

    /** Creates the hook of the listener on {@code port}. */
    AcceptHook(SrtAcceptFilter filter, AdmittedCallers callers, AcceptReports reports, int port) {
        this.filter = filter;
        this.callers = callers;
        this.reports = reports;
        this.port = port;
    }

    @Override
    public int decide(SrtSocket candidate, InetSocketAddress peer, int handshakeVersion, String streamId) {
        SrtAcceptRequest request = new SrtAcceptRequest(peer, streamId, handshakeVersion);
        if (!callers.hasRoom()) {
            return reject(request, SrtRejectReason.OVERLOAD, SrtRejectedEvent.Cause.HALF_OPEN);
        }
        SrtAcceptDecision decision;
        try {
            decision = ask(request);
            apply(decision, candidate);
        } catch (Throwable t) {
            reports.filterFailed(request, t);
            return reject(request, SrtRejectReason.ISE, SrtRejectedEvent.Cause.FILTER_FAILED);
        }
        SrtRejectReason rejection = decision.rejection();
        if (rejection != null) {
            return reject(request, rejection, SrtRejectedEvent.Cause.FILTER);
        }
        callers.add(candidate.id(), new AdmittedCallers.Admitted(request, decision.attributes()));
        reports.admitted();
        return ACCEPT;
    }

    private SrtAcceptDecision ask(SrtAcceptRequest request) {
        long start = System.nanoTime();
        try {
            return filter.decide(request);
        } finally {
            long nanos = System.nanoTime() - start;
            if (nanos > SLOW_NANOS) {
                reports.warn(
                        "the accept filter took {} ms for {}; every connection of port {} stood still meanwhile",
                        TimeUnit.NANOSECONDS.toMillis(nanos),
                        request,
                        port);
            }
        }
    }

    private int reject(SrtAcceptRequest request, SrtRejectReason reason, SrtRejectedEvent.Cause cause) {
        reports.rejected(request, reason, cause);
        return reason.code();
    }

    private static void apply(SrtAcceptDecision decision, SrtSocket candidate) throws SrtException {
        Object type = decision.options().get(SrtOptions.SRTO_TRANSTYPE);
        if (type != null) { // it resets others, and switches linger on
            set(candidate, SrtOptions.SRTO_TRANSTYPE, type);
            candidate.setOption(SrtOptions.SRTO_LINGER, 0);
        }
        for (Map.Entry<SrtOption<?>, Object> option : decision.options().entrySet()) {
            if (option.getKey() != SrtOptions.SRTO_TRANSTYPE) {
                set(candidate, option.getKey(), option.getValue());
            }
        }
    }

    private static <T> void set(SrtSocket candidate, SrtOption<T> option, Object value) throws SrtException {
        candidate.setOption(option, option.type().cast(value));
    }
}
