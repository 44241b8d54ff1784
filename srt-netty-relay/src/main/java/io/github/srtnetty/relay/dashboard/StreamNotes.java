// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RecentEvents;
import io.github.srtnetty.relay.event.RelayEvent;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The latest events of a stream, as the page shows them. Any thread. */
public final class StreamNotes {
    /** A page that is sent each second; the rest is in the API. */
    static final int MOST = 100;

    private final RecentEvents events;

    /** Reads from these events. */
    public StreamNotes(RecentEvents events) {
        this.events = events;
    }

    /** Returns the last events of a stream, oldest first. */
    public List<StreamNote> of(String stream) {
        List<RelayEvent> found = events.after(0, stream);
        return found.subList(Math.max(0, found.size() - MOST), found.size()).stream()
                .map(StreamNotes::note)
                .toList();
    }

    private static StreamNote note(RelayEvent event) {
        if (event.kind() == EventKind.CUE) {
            String summary = String.valueOf(event.details().get("summary"));
            return new StreamNote(event.number(), event.time(), event.kind().toString(), summary);
        }
        String details = event.details().entrySet().stream()
                .filter(detail -> !detail.getKey().equals("id"))
                .map(detail -> detail.getKey() + " " + text(detail.getValue()))
                .collect(Collectors.joining(", "));
        String change =
                event.previous().equals(event.current()) ? "" : event.previous() + " → " + event.current() + ", ";
        return new StreamNote(event.number(), event.time(), event.kind().toString(), change + details);
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : value.toString();
    }
}
