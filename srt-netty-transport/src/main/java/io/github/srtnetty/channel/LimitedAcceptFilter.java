// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Decides about callers on libsrt's thread: checks the limits, calls the user's {@link SrtAcceptFilter}, checks the
 * version, and keeps the decision for the accept. The event loop does everything that may take time, including logging.
 */
final class LimitedAcceptFilter implements SrtSocket.AcceptFilter {
    /** {@code SRT_REJX_VERSION}. Only libsrt may send {@code SRT_REJ_VERSION} (8). */
    private static final SrtRejectReason VERSION = new SrtRejectReason(1505);

    private final ListenerRules rules;
    private final HandshakeRate rate;
    private final AdmittedCallers callers;
    private final AcceptReports reports;
    private final HandshakeShedding shedding;
    private final SlowFilterCalls slowCalls = new SlowFilterCalls();

    LimitedAcceptFilter(
            ListenerRules rules, AdmittedCallers callers, AcceptReports reports, HandshakeShedding shedding) {
        this.rules = rules;
        this.shedding = shedding;
        this.callers = callers;
        this.reports = reports;
        rate = new HandshakeRate(rules.limits());
    }

    @Override
    public int decide(SrtSocket candidate, InetSocketAddress peer, int handshakeVersion, String streamId) {
        SrtAcceptRequest request = new SrtAcceptRequest(peer, streamId, handshakeVersion);
        long now = System.nanoTime();
        shedding.handshake(now);
        boolean hasRoom =
                callers.hasRoom(failed -> rate.charge(failed.request().peer().getAddress(), now));
        if (!rate.tryAcquire(peer.getAddress(), now) && !mayExceedRate(request)) {
            return overload(request, SrtRejectedEvent.Cause.ADDRESS_RATE);
        }
        if (!hasRoom) {
            return overload(request, SrtRejectedEvent.Cause.HALF_OPEN);
        }
        SrtAcceptDecision decision;
        try {
            decision = ask(request, () -> isClosed(candidate));
            apply(decision, candidate);
        } catch (Throwable t) {
            reports.filterFailed(request, t);
            return reject(request, SrtRejectReason.ISE, SrtRejectedEvent.Cause.FILTER_FAILED);
        }
        SrtRejectReason rejection = decision.rejection();
        if (rejection != null) {
            return reject(request, rejection, SrtRejectedEvent.Cause.FILTER);
        }
        if (!rules.allowsVersion(handshakeVersion, decision)) {
            return reject(request, VERSION, SrtRejectedEvent.Cause.VERSION);
        }
        callers.add(candidate.id(), new AdmittedCallers.Admitted(request, decision.attributes()));
        reports.admitted();
        return ACCEPT;
    }

    /** Calls the filter; returns false if it throws. */
    private boolean mayExceedRate(SrtAcceptRequest request) {
        try {
            return rules.filter().mayExceedRate(request);
        } catch (Throwable t) {
            reports.filterFailed(request, t);
            return false;
        }
    }

    private SrtAcceptDecision ask(SrtAcceptRequest request, BooleanSupplier failed) {
        long start = System.nanoTime();
        try {
            return rules.filter().decide(request, failed);
        } finally {
            long nanos = System.nanoTime() - start;
            if (slowCalls.isLogged(nanos)) {
                reports.warn(
                        "the accept filter took {} ms for {}; meanwhile every connection of port {} was blocked",
                        TimeUnit.NANOSECONDS.toMillis(nanos),
                        request,
                        rules.port());
            }
        }
    }

    // A broken socket is not closed: srt_accept can still return it.
    private static boolean isClosed(SrtSocket candidate) {
        return candidate.state().compareTo(SrtSocketState.CLOSING) >= 0;
    }

    private int overload(SrtAcceptRequest request, SrtRejectedEvent.Cause cause) {
        reports.warn(
                "rejected {}: limit {} of {}", request, cause, rules.limits().get());
        return reject(request, SrtRejectReason.OVERLOAD, cause);
    }

    private int reject(SrtAcceptRequest request, SrtRejectReason reason, SrtRejectedEvent.Cause cause) {
        reports.rejected(request, reason, cause);
        return reason.code();
    }

    private static void apply(SrtAcceptDecision decision, SrtSocket candidate) throws SrtException {
        Object type = decision.nativeOptions().get(SrtOptions.SRTO_TRANSTYPE);
        if (type != null) { // it resets other options, and turns linger on
            set(candidate, SrtOptions.SRTO_TRANSTYPE, type);
            candidate.setOption(SrtOptions.SRTO_LINGER, 0);
        }
        for (Map.Entry<SrtOption<?>, Object> option : decision.nativeOptions().entrySet()) {
            if (option.getKey() != SrtOptions.SRTO_TRANSTYPE) {
                set(candidate, option.getKey(), option.getValue());
            }
        }
    }

    private static <T> void set(SrtSocket candidate, SrtOption<T> option, Object value) throws SrtException {
        candidate.setOption(option, option.type().cast(value));
    }
}
