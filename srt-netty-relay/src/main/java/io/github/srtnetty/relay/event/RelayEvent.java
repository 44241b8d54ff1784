// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import io.github.srtnetty.libsrt.PeerText;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the relay. Immutable.
 *
 * @param number counts all events of this process, from 1
 * @param streamNumber counts the events of this stream, or of those without a stream, from 1
 * @param time when it happened
 * @param kind what happened
 * @param stream the name of the stream, null where it concerns the relay
 * @param previous the state before: of a stream {@code idle}, {@code waiting}, {@code silent} or {@code live}
 * @param current the state after
 * @param details further values: texts, whole numbers, numbers and flags; text of peers is escaped
 */
public record RelayEvent(
        long number,
        long streamNumber,
        Instant time,
        EventKind kind,
        @Nullable String stream,
        String previous,
        String current,
        Map<String, Object> details) {

    /**
     * Takes a copy of the details.
     *
     * @throws IllegalArgumentException where a detail has another type
     */
    public RelayEvent {
        Map<String, Object> copy = new LinkedHashMap<>();
        details.forEach((name, value) -> copy.put(name, checked(name, value)));
        details = Collections.unmodifiableMap(copy);
    }

    private static Object checked(String name, Object value) {
        if (value instanceof String text) {
            return PeerText.printable(text);
        }
        if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(name + " is a " + value.getClass());
    }
}
