// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on in the order in which they were emitted. {@link #emit} takes no lock and never waits, so that
 * libsrt's receive thread and event loops may call it; a thread of this bus numbers the events, keeps the latest ones
 * and calls the listeners. Events beyond {@link #MOST_WAITING} are dropped and counted. Any thread.
 */
public final class EventBus implements AutoCloseable {
    /** Enough for the connections that start and end while a machine is blocked for seconds. */
    static final int MOST_WAITING = 4096;

    private static final Logger LOGGER = LoggerFactory.getLogger(EventBus.class);
    private static final long END_MILLIS = 1000;

    private final String instance = UUID.randomUUID().toString();
    private final Queue<EventDraft> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder emitted = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final RecentEvents recent = new RecentEvents();
    private final EventNumbers numbers = new EventNumbers();
    private final List<Consumer<RelayEvent>> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "relay-events");
    private volatile boolean closed;

    /** Starts the thread. */
    public EventBus() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the id of this run of the relay: numbers of events start again with each one. */
    public String instance() {
        return instance;
    }

    /** Returns the latest events. */
    public RecentEvents recent() {
        return recent;
    }

    /** Returns the number of events that were emitted and not dropped. */
    public LongAdder emitted() {
        return emitted;
    }

    /** Returns the number of events dropped because the queue was full. */
    public LongAdder dropped() {
        return dropped;
    }

    /** Adds a listener, which the thread of this bus calls with each event from now on; it must not block for long. */
    public void listen(Consumer<RelayEvent> listener) {
        listeners.add(listener);
    }

    /** Removes a listener; a call may still be under way. */
    public void remove(Consumer<RelayEvent> listener) {
        listeners.remove(listener);
    }

    /**
     * Emits an event of now. Never waits.
     *
     * @param stream the name of the stream, null where it concerns the relay
     * @param previous the state before
     * @param current the state after
     * @param details texts, {@code Long}, {@code Double} and {@code Boolean} by name
     */
    public void emit(
            EventKind kind, @Nullable String stream, String previous, String current, Map<String, Object> details) {
        if (size.incrementAndGet() > MOST_WAITING) {
            size.decrementAndGet();
            dropped.increment();
            return;
        }
        emitted.increment();
        waiting.add(new EventDraft(Instant.now(), kind, stream, previous, current, details));
        LockSupport.unpark(thread);
    }

    /** Delivers waiting events, and ends the thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (true) {
            EventDraft draft = waiting.poll();
            if (draft != null) {
                size.decrementAndGet();
                pass(draft);
            } else if (closed) {
                return;
            } else {
                LockSupport.park(this);
            }
        }
    }

    private void pass(EventDraft draft) {
        try {
            RelayEvent event = numbers.number(draft);
            recent.add(event);
            for (Consumer<RelayEvent> listener : listeners) {
                listener.accept(event);
            }
        } catch (RuntimeException e) {
            LOGGER.error("a listener of events failed", e);
        }
    }
}
