// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.node.NodeView;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.relay.stream.StreamState;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Streams, publishers and players as objects of JSON. */
final class Views {
    /** A publisher and its stream. */
    record Publisher(LiveStream stream, StreamSource source) {
        String key() {
            return stream.name() + '\0' + source.connection().id();
        }
    }

    /** A player and its stream. */
    record Player(LiveStream stream, StreamSink sink) {
        String key() {
            return stream.name() + '\0' + sink.connection().id();
        }
    }

    private static final List<SrtStatistic> RECEIVED = List.of(
            SrtStatistic.MS_RTT,
            SrtStatistic.MBPS_BANDWIDTH,
            SrtStatistic.PKT_RECV_TOTAL,
            SrtStatistic.BYTE_RECV_TOTAL,
            SrtStatistic.PKT_RCV_LOSS_TOTAL,
            SrtStatistic.PKT_RCV_DROP_TOTAL,
            SrtStatistic.PKT_RCV_RETRANS,
            SrtStatistic.PKT_RCV_BELATED,
            SrtStatistic.PKT_RCV_UNDECRYPT_TOTAL,
            SrtStatistic.PKT_RCV_BUF,
            SrtStatistic.MS_RCV_BUF,
            SrtStatistic.MS_RCV_TSB_PD_DELAY);
    private static final List<SrtStatistic> SENT = List.of(
            SrtStatistic.MS_RTT,
            SrtStatistic.MBPS_BANDWIDTH,
            SrtStatistic.PKT_SENT_TOTAL,
            SrtStatistic.BYTE_SENT_TOTAL,
            SrtStatistic.PKT_SND_LOSS_TOTAL,
            SrtStatistic.PKT_SND_DROP_TOTAL,
            SrtStatistic.PKT_RETRANS_TOTAL,
            SrtStatistic.PKT_FLIGHT_SIZE,
            SrtStatistic.MS_SND_BUF,
            SrtStatistic.MS_SND_TSB_PD_DELAY);

    private final BitRates rates;
    private final NodeView node;

    Views(BitRates rates, NodeView node) {
        this.rates = rates;
        this.node = node;
    }

    void write(LiveStream stream, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stream.name());
        json.writeStringField("state", StreamState.of(stream).toString());
        StreamEntry entry = node.clustered() ? node.directory().find(stream.name()) : null;
        if (entry != null) {
            json.writeStringField("node", entry.node());
        }
        json.writeNumberField("receivedBitsPerSecond", rates.received(stream));
        json.writeNumberField(
                "receivedPackets", stream.counters().receivedPackets.sum());
        json.writeNumberField("receivedBytes", stream.counters().receivedBytes.sum());
        json.writeNumberField("sentPackets", stream.counters().sentPackets.sum());
        json.writeNumberField("sentBytes", stream.counters().sentBytes.sum());
        json.writeNumberField("droppedPackets", stream.counters().droppedPackets.sum());
        json.writeNumberField("droppedBytes", stream.counters().droppedBytes.sum());
        json.writeNumberField(
                "slowDisconnects", stream.counters().slowDisconnects.sum());
        json.writeNumberField("players", stream.players());
        StreamSource source = stream.source();
        if (source != null) {
            json.writeFieldName("publisher");
            write(new Publisher(stream, source), json);
        }
        json.writeEndObject();
    }

    void write(Publisher publisher, JsonGenerator json) throws IOException {
        StreamSource source = publisher.source();
        json.writeStartObject();
        begin(source.connection(), publisher.stream(), json);
        json.writeBooleanField("silent", source.hasLeft() || source.isSilent(System.nanoTime()));
        statistics(source.connection(), RECEIVED, json);
        json.writeEndObject();
    }

    void write(Player player, JsonGenerator json) throws IOException {
        StreamSink sink = player.sink();
        json.writeStartObject();
        begin(sink.connection(), player.stream(), json);
        json.writeNumberField("sentPackets", sink.counters().sentPackets.sum());
        json.writeNumberField("sentBytes", sink.counters().sentBytes.sum());
        json.writeNumberField("droppedPackets", sink.counters().droppedPackets.sum());
        json.writeNumberField("droppedBytes", sink.counters().droppedBytes.sum());
        json.writeNumberField("queuedBytes", sink.queuedBytes());
        json.writeNumberField("queuedMillis", sink.queuedMillis());
        statistics(sink.connection(), SENT, json);
        json.writeEndObject();
    }

    private static void begin(Connection connection, LiveStream stream, JsonGenerator json) throws IOException {
        json.writeStringField("id", connection.id());
        json.writeStringField("stream", stream.name());
        json.writeStringField("address", connection.peer());
        if (connection.node() != null) {
            json.writeStringField("node", connection.node());
        }
        if (!connection.label().isEmpty()) {
            json.writeStringField("label", connection.label());
        }
        json.writeStringField(
                "connectedAt", connection.since().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeNumberField("seconds", Math.round(connection.seconds() * 10) / 10.0);
    }

    /** Writes fields of libsrt under its own names. */
    private static void statistics(Connection connection, List<SrtStatistic> fields, JsonGenerator json)
            throws IOException {
        SrtStatistics sample = connection.statistics();
        if (sample == null) {
            return;
        }
        json.writeObjectFieldStart("statistics");
        for (SrtStatistic field : fields) {
            if (field.isFractional()) {
                json.writeNumberField(field.cName(), Math.round(sample.asDouble(field) * 1000) / 1000.0);
            } else {
                json.writeNumberField(field.cName(), sample.asLong(field));
            }
        }
        json.writeEndObject();
    }
}
