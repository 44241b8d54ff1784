// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads of one kind of requests: one prepares them and resolves names, two run the tasks of the client. */
public final class OutgoingThreads implements AutoCloseable {
    private static final int CLIENT_THREADS = 2;

    private final ScheduledThreadPoolExecutor preparer;
    private final ExecutorService client;

    /** Creates threads that begin with the first task. */
    public OutgoingThreads(String name) {
        preparer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory(name, true));
        preparer.setRemoveOnCancelPolicy(true);
        client = Executors.newFixedThreadPool(CLIENT_THREADS, new DefaultThreadFactory(name + "-client", true));
    }

    /** Returns the thread that prepares requests; its tasks may block. */
    public ScheduledThreadPoolExecutor preparer() {
        return preparer;
    }

    /** Returns the threads of the client; their tasks do not block. */
    public Executor client() {
        return client;
    }

    @Override
    public void close() {
        preparer.shutdownNow();
        client.shutdownNow();
    }
}
