// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a task that may wait forever: an attempt that takes too long is stopped and repeated with more time. The
 * engine needs this if the coordinator lost a change of the view: it then waits for the next change, and the joining
 * node waits for its entries.
 */
final class LimitedStart {
    private static final Logger LOG = LoggerFactory.getLogger(LimitedStart.class);
    private static final int ATTEMPTS = 3;
    /** An engine that is stopped before its start first starts: on a busy machine this takes many seconds. */
    private static final Duration LEAST_STOP = Duration.ofSeconds(20);

    private LimitedStart() {}

    /** One attempt. */
    interface Attempt<T> {
        /** Starts it; may block until {@link #stop} is called. */
        T start();

        /** Ends the attempt, from another thread; blocks until everything that it opened is closed. */
        void stop();
    }

    /**
     * Makes up to three attempts; blocks until one succeeds.
     *
     * @param attempts returns a new one each time
     * @param limit of the first attempt; each further one has twice the time of that before
     * @throws IllegalStateException after the last one
     */
    static <T> T run(Supplier<? extends Attempt<T>> attempts, Duration limit) {
        Duration time = limit;
        for (int i = 1; i <= ATTEMPTS; i++) {
            Attempt<T> attempt = attempts.get();
            CompletableFuture<T> result = begin(attempt);
            try {
                return result.get(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn(
                        "the cluster did not accept this node within {} s{}",
                        time.toSeconds(),
                        i < ATTEMPTS ? "; this node retries" : "");
                stop(attempt, result, time);
            } catch (InterruptedException e) {
                stop(attempt, result, time);
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while joining the cluster", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
            time = time.multipliedBy(2);
        }
        throw new IllegalStateException("the other nodes did not accept this node in " + ATTEMPTS + " attempts");
    }

    private static <T> CompletableFuture<T> begin(Attempt<T> attempt) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(attempt.start());
                    } catch (Throwable e) {
                        result.completeExceptionally(e); // run() throws it, unless its time was over
                    }
                },
                "srt-cluster-start");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Stops an attempt and waits for its thread, so nothing of it is left for the next one. */
    private static void stop(Attempt<?> attempt, CompletableFuture<?> result, Duration time) {
        attempt.stop();
        long atMostMillis = Math.max(time.toMillis(), LEAST_STOP.toMillis());
        result.handle((value, failure) -> null)
                .completeOnTimeout(null, atMostMillis, TimeUnit.MILLISECONDS)
                .join();
    }
}
