// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One thread for the slow work of requests: hashes and files. Its queue is bounded. Any thread. */
public final class Worker implements AutoCloseable {
    /** Three seconds of hashes. */
    private static final int MOST_WAITING = 64;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            new DefaultThreadFactory("relay-http-work", true));

    /** Runs a task; the future fails with {@link HttpProblem} 503 where too many wait. */
    public <T> CompletableFuture<T> run(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, thread);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new HttpProblem(503, "too many requests wait; try again").with("retry-after", "3"));
        }
    }

    /** Ends after the running task. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
