// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Counts the decisions about a listener's callers, and reports them on the listener's event loop; libsrt's thread only
 * counts and enqueues. The queue and the number of log lines are bounded, because remote hosts decide how often
 * something is reported.
 *
 * <p>Threads: any. No method throws.
 */
final class AcceptReports {
    /** Enough to show several callers with different problems. */
    private static final int LINES_AT_ONCE = 5;
    /** 30 lines per minute keep the log readable. */
    private static final double LINES_PER_SECOND = 0.5;

    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtAcceptFilter.class);
    /**
     * The most reports that wait, about those of one second of a stalled event loop; more would only grow its queue.
     */
    private static final int MOST_PENDING = 1000;

    private final Executor loop;
    private final Consumer<SrtRejectedEvent> events;
    private final LongAdder admitted = new LongAdder();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final Map<SrtRejectedEvent.Cause, LongAdder> rejected = new EnumMap<>(SrtRejectedEvent.Cause.class);
    private final AtomicInteger pending = new AtomicInteger();
    /** The limits by format string, so that one kind of line does not suppress another. */
    private final Map<String, LineLimit> limits = new ConcurrentHashMap<>();

    /** Creates reports that run on {@code loop} and pass their events to {@code events} there. */
    AcceptReports(Executor loop, Consumer<SrtRejectedEvent> events) {
        this.loop = loop;
        this.events = events;
        for (SrtRejectedEvent.Cause cause : SrtRejectedEvent.Cause.values()) {
            rejected.put(cause, new LongAdder());
        }
    }

    SrtAcceptCounts counts(int halfOpen) {
        Map<SrtRejectedEvent.Cause, Long> sums = new EnumMap<>(SrtRejectedEvent.Cause.class);
        rejected.forEach((cause, count) -> sums.put(cause, count.sum()));
        return new SrtAcceptCounts(admitted.sum(), accepted.sum(), halfOpen, sums, dropped.sum());
    }

    void admitted() {
        admitted.increment();
    }

    void accepted() {
        accepted.increment();
    }

    void rejected(SrtAcceptRequest request, SrtRejectReason reason, SrtRejectedEvent.Cause cause) {
        count(cause);
        later(() -> events.accept(new SrtRejectedEvent(request, reason, cause)));
    }

    void count(SrtRejectedEvent.Cause cause) {
        LongAdder count = rejected.get(cause);
        if (count != null) {
            count.increment();
        }
    }

    /** Logs a warning, or counts it if there were too many. The caller escapes and masks the values. */
    void warn(String format, Object... values) {
        later(() -> {
            long skipped = limits.computeIfAbsent(format, ignored -> new LineLimit(LINES_AT_ONCE, LINES_PER_SECOND))
                    .tryLine(System.nanoTime());
            if (skipped != LineLimit.SKIP) {
                LOGGER.warn(
                        format + (skipped > 0 ? " ({} more such lines were not logged)" : ""), with(values, skipped));
            }
        });
    }

    /**
     * Logs an exception of the filter. Its message may repeat text that the caller sent, so the warning has only the
     * type and the place.
     */
    void filterFailed(SrtAcceptRequest request, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        warn(
                "the accept filter failed and so rejects {}: {} at {}; the level debug shows the stack trace",
                request,
                failure.getClass().getName(),
                trace.length > 0 ? trace[0] : "an unknown place");
        if (LOGGER.isDebugEnabled()) {
            later(() -> LOGGER.debug("the accept filter failed", failure));
        }
    }

    /** Logs that a flood of handshakes begins or ends. */
    void shedding(boolean on, Object address) {
        warn(
                on
                        ? "{} receives more handshakes than handshakesInAll: a share of them is dropped"
                        : "{} receives fewer handshakes than handshakesInAll again: none are dropped",
                address);
    }

    /** Runs a task on the event loop, unless too many tasks wait. */
    void later(Runnable report) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            dropped.increment();
            return;
        }
        try {
            loop.execute(() -> {
                pending.decrementAndGet();
                report.run();
            });
        } catch (RuntimeException e) { // the loop is ending, and with it the listener
            pending.decrementAndGet();
            dropped.increment();
        }
    }

    private static Object[] with(Object[] values, Object last) {
        Object[] all = Arrays.copyOf(values, values.length + 1);
        all[values.length] = last;
        return all;
    }
}
