// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtListenHook;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Asks an {@link SrtAcceptFilter} on libsrt's thread; all that may take time, logging too, is left to the event loop. */
final class AcceptHook implements SrtListenHook {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtAcceptFilter.class);
    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SrtServerChannel listener;
    private final SrtAcceptFilter filter;

    AcceptHook(SrtServerChannel listener, SrtAcceptFilter filter) {
        this.listener = listener;
        this.filter = filter;
    }

    @Override
    public int decide(SrtSocket candidate, InetSocketAddress peer, int handshakeVersion, String streamId) {
        SrtAcceptRequest request = new SrtAcceptRequest(peer, streamId, handshakeVersion);
        long start = System.nanoTime();
        SrtRejectReason rejection;
        try {
            SrtAcceptDecision decision = filter.decide(request);
            apply(decision, candidate);
            rejection = decision.rejection();
        } catch (Throwable t) {
            rejection = SrtRejectReason.ISE;
            later(() -> LOGGER.warn("the accept filter failed and so rejects {}", request, t));
        }
        long nanos = System.nanoTime() - start;
        if (nanos > SLOW_NANOS) {
            later(() -> LOGGER.warn(
                    "the accept filter took {} ms for {}; every connection of port {} stood still meanwhile",
                    TimeUnit.NANOSECONDS.toMillis(nanos),
                    request,
                    listener.localAddress().getPort()));
        }
        if (rejection == null) {
            return ACCEPT;
        }
        SrtRejectedEvent event = new SrtRejectedEvent(request, rejection);
        later(() -> listener.pipeline().fireUserEventTriggered(event));
        return rejection.code();
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

    private void later(Runnable task) {
        try {
            listener.eventLoop().execute(task);
        } catch (RejectedExecutionException e) { // the loop ends and the listener with it: nobody is left to tell
            LOGGER.debug("the listener closes", e);
        }
    }
}
