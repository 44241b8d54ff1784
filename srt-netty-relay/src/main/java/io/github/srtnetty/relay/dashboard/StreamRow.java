// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream in the table of the page.
 *
 * @param name the name of the stream
 * @param state live, silent, waiting or ended
 * @param publisher its publisher, null without one
 * @param bitsPerSecond what was received in the last second
 * @param link what libsrt measures of the publisher's connection, null where it does not
 * @param counts since the last reset
 * @param players the number of players
 * @param endedAt when the stream was seen to be gone, null while it is there
 * @param alarms the alarms that are raised
 */
record StreamRow(
        String name,
        String state,
        @Nullable PublisherCell publisher,
        long bitsPerSecond,
        @Nullable LinkCell link,
        CountCell counts,
        int players,
        @Nullable Instant endedAt,
        List<String> alarms) {
    static final String ENDED = "ended";

    /**
     * A publisher.
     *
     * @param id of the connection
     * @param address its host and port
     * @param label the name of its user, empty where it is not known
     * @param connectedAt when it was accepted
     * @param node the node from which the stream is pulled, null for a publisher of this one
     */
    record PublisherCell(
            String id,
            String address,
            String label,
            Instant connectedAt,
            @Nullable String node) {}

    /**
     * A connection.
     *
     * @param rttMillis round-trip time
     * @param bandwidthBitsPerSecond libsrt's estimate
     * @param bufferMillis receive buffer
     * @param latencyMillis negotiated
     */
    record LinkCell(double rttMillis, long bandwidthBitsPerSecond, int bufferMillis, int latencyMillis) {}

    /**
     * Counts.
     *
     * @param lossPercent packets lost at first
     * @param retransmittedPercent retransmissions
     * @param lost packets
     * @param retransmitted packets
     * @param belated packets
     * @param dropped packets that were given up on the publisher's connection
     * @param playersDropped packets that slow players lost
     * @param resetAt the last reset, null where there was none
     */
    record CountCell(
            double lossPercent,
            double retransmittedPercent,
            long lost,
            long retransmitted,
            long belated,
            long dropped,
            long playersDropped,
            @Nullable Instant resetAt) {}

    /** Returns whether state, publisher, players and alarms are the same, so pages need no immediate event. */
    boolean isLike(StreamRow other) {
        return state.equals(other.state)
                && Objects.equals(publisher, other.publisher)
                && players == other.players
                && alarms.equals(other.alarms)
                && Objects.equals(counts.resetAt, other.counts.resetAt);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("state", state);
        if (publisher != null) {
            json.writeObjectFieldStart("publisher");
            json.writeStringField("id", publisher.id);
            json.writeStringField("address", publisher.address);
            if (!publisher.label.isEmpty()) {
                json.writeStringField("label", publisher.label);
            }
            time("connectedAt", publisher.connectedAt, json);
            if (publisher.node != null) {
                json.writeStringField("node", publisher.node);
            }
            json.writeEndObject();
        }
        json.writeNumberField("receivedBitsPerSecond", bitsPerSecond);
        if (link != null) {
            json.writeNumberField("rttMillis", rounded(link.rttMillis));
            json.writeNumberField("bandwidthBitsPerSecond", link.bandwidthBitsPerSecond);
            json.writeNumberField("bufferMillis", link.bufferMillis);
            json.writeNumberField("latencyMillis", link.latencyMillis);
        }
        write(counts, json);
        json.writeNumberField("players", players);
        time("endedAt", endedAt, json);
        json.writeArrayFieldStart("alarms");
        for (String alarm : alarms) {
            json.writeString(alarm);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(CountCell counts, JsonGenerator json) throws IOException {
        json.writeNumberField("lossPercent", rounded(counts.lossPercent));
        json.writeNumberField("retransmittedPercent", rounded(counts.retransmittedPercent));
        json.writeNumberField("lostPackets", counts.lost);
        json.writeNumberField("retransmittedPackets", counts.retransmitted);
        json.writeNumberField("belatedPackets", counts.belated);
        json.writeNumberField("droppedPackets", counts.dropped);
        json.writeNumberField("playersDroppedPackets", counts.playersDropped);
        time("resetAt", counts.resetAt, json);
    }

    static void time(String name, @Nullable Instant time, JsonGenerator json) throws IOException {
        if (time != null) {
            json.writeStringField(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
