// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What /streams says: each stream with its publisher and its players. */
final class StreamsPage {
    private static final JsonFactory FACTORY = new JsonFactory();

    private StreamsPage() {}

    static String write(Hub hub) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeBooleanField("draining", hub.isDraining());
            json.writeArrayFieldStart("streams");
            for (LiveStream stream : hub.streams()) {
                write(stream, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return text.toString();
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
        Publisher publisher = stream.publisher();
        if (publisher != null) {
            json.writeObjectFieldStart("publisher");
            member(publisher, json);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("players");
        for (Player player : stream.players()) {
            json.writeStartObject();
            member(player, json);
            json.writeNumberField("queuedBytes", player.queuedBytes());
            json.writeNumberField("sentPackets", player.counters().sentPackets.sum());
            json.writeNumberField(
                    "droppedPackets", player.counters().droppedPackets.sum());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void member(Member member, JsonGenerator json) throws IOException {
        json.writeStringField("peer", member.peer());
        json.writeNumberField("seconds", Math.round(member.seconds() * 10) / 10.0);
        SrtStatistics statistics = member.statistics();
        if (statistics != null) {
            json.writeNumberField("rttMillis", statistics.rttMillis());
        }
    }
}
