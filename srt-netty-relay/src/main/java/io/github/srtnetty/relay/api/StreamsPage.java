// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import java.io.IOException;

/** The content of /streams: each stream with its publisher and its players. */
final class StreamsPage {
    private StreamsPage() {}

    static byte[] write(StatusView view) {
        return Json.object(json -> {
            json.writeBooleanField("draining", view.state().isDraining());
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : view.streams().all()) {
                write(stream, json);
            }
            json.writeEndArray();
        });
    }

    private static void write(LiveStream stream, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stream.name());
        json.writeNumberField(
                "receivedPackets", stream.counters().receivedPackets.sum());
        json.writeNumberField("receivedBytes", stream.counters().receivedBytes.sum());
        json.writeNumberField("droppedPackets", stream.counters().droppedPackets.sum());
        json.writeNumberField(
                "slowDisconnects", stream.counters().slowDisconnects.sum());
        StreamSource publisher = stream.source();
        if (publisher != null) {
            json.writeObjectFieldStart("publisher");
            connection(publisher.connection(), json);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("players");
        for (StreamSink player : stream.sinks()) {
            json.writeStartObject();
            connection(player.connection(), json);
            json.writeNumberField("queuedBytes", player.queuedBytes());
            json.writeNumberField("sentPackets", player.counters().sentPackets.sum());
            json.writeNumberField(
                    "droppedPackets", player.counters().droppedPackets.sum());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void connection(Connection connection, JsonGenerator json) throws IOException {
        json.writeStringField("peer", connection.peer());
        if (!connection.label().isEmpty()) {
            json.writeStringField("label", connection.label());
        }
        json.writeNumberField("seconds", Math.round(connection.seconds() * 10) / 10.0);
        SrtStatistics statistics = connection.statistics();
        if (statistics != null) {
            json.writeNumberField("rttMillis", statistics.rttMillis());
        }
    }
}
