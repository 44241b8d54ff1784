// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.relay.event.RelayEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The events that wait for one webhook, oldest first. Any thread. */
final class EventQueue {
    private final Deque<RelayEvent> events = new ArrayDeque<>();
    private final int most;
    private boolean ended;

    EventQueue(int most) {
        this.most = most;
    }

    /** Adds an event; returns whether the oldest waiting one was dropped for it. */
    synchronized boolean add(RelayEvent event) {
        if (ended) {
            return true;
        }
        events.add(event);
        notifyAll();
        if (events.size() <= most) {
            return false;
        }
        events.remove();
        return true;
    }

    /** Waits for the next event; returns null when the queue has ended and is empty. */
    synchronized @Nullable RelayEvent take() throws InterruptedException {
        while (events.isEmpty() && !ended) {
            wait();
        }
        return events.poll();
    }

    synchronized int size() {
        return events.size();
    }

    /** Takes no more events. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits until the queue has ended or for a time; returns whether it has ended. */
    synchronized boolean awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        for (long rest = nanos; rest > 0 && !ended; rest = deadline - System.nanoTime()) {
            wait(rest / 1_000_000, (int) (rest % 1_000_000));
        }
        return ended;
    }
}
