// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of a directory: one for periodic checks, one for listeners, and two that start changes. */
final class Threads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Threads.class);
    /** Starting a change does not wait for its end, but it may block on a full connection to another node. */
    private static final int CHANGES = 2;

    private static final long IDLE_SECONDS = 30;

    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, daemons("srt-cluster-audit"), new ThreadPoolExecutor.DiscardPolicy());
    private final ThreadPoolExecutor events = pool(1, "srt-cluster-events", new ThreadPoolExecutor.DiscardPolicy());
    private final ThreadPoolExecutor changes = pool(CHANGES, "srt-cluster-changes", (task, pool) -> task.run());

    /** Returns the thread of the listeners; it drops tasks after its end. */
    Executor events() {
        return events;
    }

    /** Returns the threads that start changes; after their end tasks run in the caller, and fail at once. */
    Executor changes() {
        return changes;
    }

    /** Runs a task periodically, even if an earlier run threw an exception. */
    void every(Duration pace, Runnable task) {
        timer.scheduleAtFixedRate(() -> guard(task), pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, after a time. */
    void after(Duration delay, Runnable task) {
        timer.schedule(() -> guard(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a task once, on the thread of the periodic tasks. */
    void once(Runnable task) {
        timer.execute(() -> guard(task));
    }

    /** Ends the periodic tasks and the changes, but not the listeners. */
    void stopChanges() {
        timer.shutdownNow();
        changes.shutdown();
    }

    @Override
    public void close() {
        stopChanges();
        events.shutdown();
    }

    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("a check of the cluster failed; the next one follows", e);
        }
    }

    private static ThreadPoolExecutor pool(int size, String name, RejectedExecutionHandler afterEnd) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name), afterEnd);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
