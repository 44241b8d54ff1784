// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.history.Histories;
import io.github.srtnetty.relay.history.LatencyAdvice;
import io.github.srtnetty.relay.history.Quantity;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.relay.stream.Streams;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Writes what the page of one stream shows: the row, the last second, the advice, the players and the events. */
final class StreamDetail {
    /** A page shows at most this many players; the API lists all. */
    private static final int MOST_PLAYERS = 1000;

    private final Streams streams;
    private final Histories histories;
    private final Sampler sampler;
    private final Function<String, List<StreamNote>> notes;

    StreamDetail(Streams streams, Histories histories, Sampler sampler, Function<String, List<StreamNote>> notes) {
        this.streams = streams;
        this.histories = histories;
        this.sampler = sampler;
        this.notes = notes;
    }

    byte[] json(String name) {
        Snapshot snapshot = sampler.snapshot();
        StreamRow row = snapshot.rows().get(name);
        Histories.Entry entry = histories.find(name);
        LiveStream stream = streams.find(name);
        return Json.object(json -> {
            StreamRow.time("time", snapshot.time(), json);
            json.writeBooleanField("draining", snapshot.draining());
            if (row != null && entry != null) {
                json.writeFieldName("stream");
                row.write(json);
                second(entry, json);
                advice(entry, row, json);
            }
            json.writeArrayFieldStart("players");
            if (stream != null) {
                for (StreamSink sink :
                        stream.sinks().stream().limit(MOST_PLAYERS).toList()) {
                    player(sink, json);
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("events");
            for (StreamNote note : notes.apply(name)) {
                note(note, json);
            }
            json.writeEndArray();
        });
    }

    /** Writes the values of the last sample, for the graphs. */
    private void second(Histories.Entry entry, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("sample");
        json.writeNumberField("second", sampler.second());
        for (Quantity quantity : Quantity.values()) {
            json.writeFieldName(quantity.key());
            HistoryJson.number(entry.samples().lastSeconds(quantity, 1, sampler.second())[0], json);
        }
        json.writeEndObject();
    }

    private void advice(Histories.Entry entry, StreamRow row, JsonGenerator json) throws IOException {
        LatencyAdvice advice = LatencyAdvice.of(
                entry.samples().worstRttMillis(sampler.second()),
                entry.samples().worstLossPercent(sampler.second()),
                row.link() == null ? 0 : row.link().latencyMillis());
        json.writeObjectFieldStart("advice");
        json.writeStringField("level", advice.level().toString());
        json.writeNumberField("recommendedMillis", advice.recommendedMillis());
        json.writeNumberField("overheadPercent", advice.overheadPercent());
        json.writeStringField("sentence", advice.sentence());
        json.writeEndObject();
    }

    private static void player(StreamSink sink, JsonGenerator json) throws IOException {
        SrtStatistics statistics = sink.connection().statistics();
        long buffered = statistics == null ? 0 : statistics.asLong(SrtStatistic.MS_SND_BUF);
        json.writeStartObject();
        json.writeStringField("id", sink.connection().id());
        json.writeStringField("address", sink.connection().peer());
        if (sink.connection().node() != null) {
            json.writeStringField("node", sink.connection().node());
        }
        if (!sink.connection().label().isEmpty()) {
            json.writeStringField("label", sink.connection().label());
        }
        StreamRow.time("connectedAt", sink.connection().since(), json);
        json.writeNumberField("sentBytes", sink.counters().sentBytes.sum());
        json.writeNumberField("droppedPackets", sink.counters().droppedPackets.sum());
        json.writeNumberField("queuedBytes", sink.queuedBytes());
        json.writeNumberField("lagMillis", sink.queuedMillis() + buffered);
        if (statistics != null) {
            json.writeNumberField("rttMillis", StreamRow.rounded(statistics.rttMillis()));
            json.writeNumberField("lostPackets", statistics.pktSndLossTotal());
            json.writeNumberField("retransmittedPackets", statistics.pktRetransTotal());
        }
        json.writeEndObject();
    }

    private static void note(StreamNote note, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", note.sequence());
        StreamRow.time("time", note.time(), json);
        json.writeStringField("kind", note.kind());
        json.writeStringField("text", note.text());
        json.writeEndObject();
    }
}
