// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.relay.http.HttpStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Sends server-sent events to open pages. Pages with the same topic share one array of bytes. A page that has not
 * received the last event does not get the next one. On the HTTP event loop, except {@link #hasRoom}.
 */
final class LiveFeed {
    /** Half of the server's connections, so that requests get through. */
    static final int MOST_PAGES = 32;

    private final Map<String, Set<HttpStream>> topics = new HashMap<>();
    private final AtomicInteger pages = new AtomicInteger();

    /** Returns whether one more page may be opened. Any thread. */
    boolean hasRoom() {
        return pages.get() < MOST_PAGES;
    }

    boolean isEmpty() {
        return topics.isEmpty();
    }

    /** Adds a page and sends it the first event. */
    void add(String topic, HttpStream page, Function<String, byte[]> event) {
        if (pages.incrementAndGet() > MOST_PAGES) { // two asked at once
            pages.decrementAndGet();
            page.close();
            return;
        }
        topics.computeIfAbsent(topic, key -> new HashSet<>()).add(page);
        page.onClose(() -> remove(topic, page));
        page.write(event.apply(topic));
    }

    /**
     * Sends an event to every page.
     *
     * @param event returns the event of a topic
     */
    void send(Function<String, byte[]> event) {
        for (Map.Entry<String, Set<HttpStream>> topic : List.copyOf(topics.entrySet())) {
            List<HttpStream> ready =
                    topic.getValue().stream().filter(HttpStream::isWritable).toList();
            if (!ready.isEmpty()) {
                byte[] bytes = event.apply(topic.getKey());
                ready.forEach(page -> page.write(bytes));
            }
        }
    }

    /** Ends all connections; the pages reconnect and authenticate again. */
    void closeAll() {
        List<HttpStream> all = new ArrayList<>();
        topics.values().forEach(all::addAll);
        all.forEach(HttpStream::close);
    }

    /** Returns an event in the format of server-sent events; JSON has no line feed. */
    static byte[] event(String name, byte[] json) {
        byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.US_ASCII);
        byte[] event = new byte[head.length + json.length + 2];
        System.arraycopy(head, 0, event, 0, head.length);
        System.arraycopy(json, 0, event, head.length, json.length);
        event[event.length - 2] = '\n';
        event[event.length - 1] = '\n';
        return event;
    }

    private void remove(String topic, HttpStream page) {
        Set<HttpStream> of = topics.getOrDefault(topic, Set.of());
        if (of.remove(page)) {
            pages.decrementAndGet();
        }
        if (of.isEmpty()) {
            topics.remove(topic);
        }
    }
}
