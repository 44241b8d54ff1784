// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.StreamWatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Emits an event for each publisher and player that connects or disconnects, but not for nodes that pull: the node of
 * the publisher and the nodes of the players emit the events.
 */
public final class StreamEvents implements StreamWatch {
    private static final String PLAYERS = "players";

    private final EventBus bus;

    /** Emits to a bus. */
    public StreamEvents(EventBus bus) {
        this.bus = bus;
    }

    @Override
    public void published(LiveStream stream, StreamSource source, String before) {
        if (source.isPull()) {
            return;
        }
        Map<String, Object> details = details(source.connection());
        details.put(PLAYERS, (long) stream.players());
        bus.emit(EventKind.PUBLISH, stream.name(), before, stream.state(), details);
    }

    @Override
    public void unpublished(LiveStream stream, StreamSource source, String before) {
        if (source.isPull()) {
            return;
        }
        Map<String, Object> details = details(source.connection());
        details.put("seconds", source.connection().seconds());
        details.put(PLAYERS, (long) stream.players());
        bus.emit(EventKind.UNPUBLISH, stream.name(), before, stream.state(), details);
    }

    @Override
    public void replaced(LiveStream stream, StreamSource silent, StreamSource source) {
        Map<String, Object> details = details(source.connection());
        details.put("replacedId", silent.connection().id());
        details.put("replacedAddress", silent.connection().peer());
        bus.emit(EventKind.FAILOVER, stream.name(), LiveStream.SILENT, stream.state(), details);
    }

    @Override
    public void played(LiveStream stream, StreamSink sink, String before) {
        if (sink.isPull()) {
            return;
        }
        Map<String, Object> details = details(sink.connection());
        details.put(PLAYERS, (long) stream.players());
        bus.emit(EventKind.PLAY, stream.name(), before, stream.state(), details);
    }

    @Override
    public void left(LiveStream stream, StreamSink sink, String before) {
        if (sink.isPull()) {
            return;
        }
        Map<String, Object> details = details(sink.connection());
        details.put("seconds", sink.connection().seconds());
        details.put("sentPackets", sink.counters().sentPackets.sum());
        details.put("droppedPackets", sink.counters().droppedPackets.sum());
        details.put("tooSlow", sink.counters().slowDisconnects.sum() > 0);
        details.put(PLAYERS, (long) stream.players());
        bus.emit(EventKind.LEAVE, stream.name(), before, stream.state(), details);
    }

    private static Map<String, Object> details(Connection connection) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", connection.id());
        details.put("address", connection.peer());
        if (!connection.user().isEmpty()) {
            details.put("label", connection.user()); // an event escapes its texts
        }
        return details;
    }
}
