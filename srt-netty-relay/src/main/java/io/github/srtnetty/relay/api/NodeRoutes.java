// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.node.ClusterJson;
import io.github.srtnetty.relay.node.NodeView;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster and the streams that they publish; those of this relay alone where there is no cluster. */
final class NodeRoutes {
    private static final String FILTER = "filter";
    private static final String NODE = "node";
    private static final String STATE = "state";

    private final StreamDirectory directory;

    NodeRoutes(NodeView node) {
        directory = node.directory();
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/nodes", Need.OBSERVER, this::nodes).with(Page.LIMIT, Page.CURSOR),
                Route.get("/api/v1/cluster/streams", Need.OBSERVER, this::streams)
                        .with(Page.LIMIT, Page.CURSOR, FILTER, NODE, STATE));
    }

    private HttpAnswer nodes(Exchange exchange) {
        return Page.of(directory.nodes(), DirectoryNode::name, exchange.query()).answer(ClusterJson::write);
    }

    private HttpAnswer streams(Exchange exchange) {
        String part = exchange.query().getOrDefault(FILTER, "").toLowerCase(Locale.ROOT);
        String node = exchange.query().get(NODE);
        String state = state(exchange.query().get(STATE));
        List<StreamEntry> found = directory.streams().stream()
                .filter(stream -> stream.name().toLowerCase(Locale.ROOT).contains(part))
                .filter(stream -> node == null || stream.node().equals(node))
                .filter(stream -> state == null || ClusterJson.state(stream).equals(state))
                .toList();
        String self = directory.self();
        return Page.of(found, StreamEntry::name, exchange.query())
                .answer((stream, json) -> ClusterJson.write(stream, self, json));
    }

    private static @Nullable String state(@Nullable String name) {
        if (name != null && !name.equals("live") && !name.equals("silent")) {
            throw new HttpProblem(400, "state must be live or silent");
        }
        return name;
    }
}
