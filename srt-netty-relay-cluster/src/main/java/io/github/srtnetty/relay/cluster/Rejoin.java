// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this node leave and rejoin when its copy may differ from the others: after a merge, one part keeps its
 * copies, and the nodes of the other parts fetch them like a starting node. The engine's own method compares all copies
 * while they change and leaves differences. The claims of the node stay, and the audit states them again.
 */
final class Rejoin {
    private static final Logger LOG = LoggerFactory.getLogger(Rejoin.class);
    /** A coordinator that ends a merge ignores members that leave meanwhile. */
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Engine engine;
    private final Threads threads;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final LongAdder count = new LongAdder();

    Rejoin(Engine engine, Threads threads) {
        this.engine = engine;
        this.threads = threads;
    }

    /** Leaves and rejoins soon, on another thread. */
    void start(String why) {
        if (waiting.compareAndSet(false, true)) {
            LOG.info("this node rejoins the cluster: {}", why);
            threads.after(DELAY, this::run);
        }
    }

    /** Returns whether this node has a reason to leave, and has not left yet. */
    boolean isPending() {
        return waiting.get();
    }

    /** Returns how often this node has rejoined. */
    long count() {
        return count.sum();
    }

    private void run() {
        try {
            engine.leave();
        } catch (RuntimeException e) {
            LOG.warn("leaving the cluster failed; this node rejoins it anyway: {}", Failures.inOneLine(e));
        }
        waiting.set(false); // from here on, a reason is one of the next run
        join();
    }

    private void join() {
        try {
            if (engine.join()) {
                count.increment();
                LOG.info(
                        "this node has rejoined the cluster: {}",
                        engine.members().view().byNode().keySet());
            }
        } catch (RuntimeException e) {
            LOG.warn("this node could not rejoin the cluster; it retries: {}", Failures.inOneLine(e));
            threads.after(RETRY, this::join);
        }
    }
}
