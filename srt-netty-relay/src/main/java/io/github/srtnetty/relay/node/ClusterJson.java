// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.NodeReport;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;

/** Nodes and streams of the cluster as objects of JSON. */
public final class ClusterJson {
    private ClusterJson() {}

    /** Writes a node as an object; values that it has not reported yet are absent. */
    public static void write(DirectoryNode node, JsonGenerator json) throws IOException {
        NodeReport report = node.report();
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeBooleanField("self", node.self());
        json.writeBooleanField("coordinator", node.coordinator());
        time("since", node.since(), json);
        json.writeStringField("state", report == null ? "unknown" : report.draining() ? "draining" : "running");
        if (report != null) {
            json.writeStringField("version", report.version());
            time("reportedAt", report.at(), json);
            json.writeNumberField("publishers", report.publishers());
            json.writeNumberField("players", report.players());
            json.writeNumberField("pulls", report.pulls());
            json.writeNumberField("receivedBitsPerSecond", report.receivedBitsPerSecond());
            json.writeNumberField("sentBitsPerSecond", report.sentBitsPerSecond());
            if (report.load() >= 0) {
                json.writeNumberField("load", Math.round(report.load() * 100) / 100.0);
            }
        }
        json.writeEndObject();
    }

    /**
     * Writes a stream as an object.
     *
     * @param self the name of this node
     */
    public static void write(StreamEntry stream, String self, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stream.name());
        json.writeStringField("node", stream.node());
        json.writeBooleanField("self", stream.node().equals(self));
        json.writeStringField("state", state(stream));
        time("since", stream.since(), json);
        json.writeEndObject();
    }

    /** Writes the field {@code cluster} with all nodes and streams; nothing for a relay that runs alone. */
    public static void writeField(NodeView view, JsonGenerator json) throws IOException {
        if (!view.clustered()) {
            return;
        }
        String self = view.directory().self();
        json.writeObjectFieldStart("cluster");
        json.writeStringField("self", self);
        json.writeNumberField("expectedNodes", view.expectedNodes());
        json.writeArrayFieldStart("nodes");
        for (DirectoryNode node : view.directory().nodes()) {
            write(node, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("streams");
        for (StreamEntry stream : view.directory().streams().stream()
                .sorted(Comparator.comparing(StreamEntry::name))
                .toList()) {
            write(stream, self, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Returns the word for the state of a stream: {@code live} or {@code silent}. */
    public static String state(StreamEntry stream) {
        return stream.state().name().toLowerCase(Locale.ROOT);
    }

    private static void time(String name, Instant time, JsonGenerator json) throws IOException {
        json.writeStringField(name, time.truncatedTo(ChronoUnit.MILLIS).toString());
    }
}
