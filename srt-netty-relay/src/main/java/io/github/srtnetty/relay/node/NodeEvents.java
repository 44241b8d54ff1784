// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.node;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.event.EventKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits an event for each node that joins or leaves, and for each claim that this node lost. */
public final class NodeEvents implements DirectoryListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(NodeEvents.class);
    private static final String ABSENT = "absent";
    private static final String MEMBER = "member";
    private static final String NODE = "node";

    private final EventBus bus;
    private Set<String> known = Set.of();

    private NodeEvents(EventBus bus) {
        this.bus = bus;
    }

    /** Watches a directory; the nodes that are there already cause no event. */
    public static NodeEvents watch(StreamDirectory directory, EventBus bus) {
        NodeEvents events = new NodeEvents(bus);
        synchronized (events) { // a change meanwhile waits, and is seen as one
            directory.watch(events);
            List<DirectoryNode> nodes = directory.nodes();
            events.known = names(nodes);
            LOGGER.info(
                    "node {} is in a cluster of {}: {}",
                    directory.self(),
                    nodes.size(),
                    PeerText.printable(String.join(", ", events.known)));
        }
        return events;
    }

    @Override
    public synchronized void nodesChanged(List<DirectoryNode> nodes) {
        Set<String> names = names(nodes);
        Set<String> before = known;
        known = names;
        for (String name : names) {
            if (!before.contains(name)) {
                changed(EventKind.NODE_JOINED, name, ABSENT, MEMBER);
            }
        }
        for (String name : before) {
            if (!names.contains(name)) {
                changed(EventKind.NODE_LEFT, name, MEMBER, ABSENT);
            }
        }
    }

    @Override
    public void lost(StreamEntry claim, StreamEntry winner, String why) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put(NODE, claim.node());
        details.put("winner", winner.node());
        details.put("why", why);
        bus.emit(EventKind.CLAIM_LOST, claim.name(), "granted", "lost", details);
    }

    private void changed(EventKind kind, String node, String before, String after) {
        bus.emit(kind, null, before, after, Map.of(NODE, node, "nodes", (long) known.size()));
        LOGGER.info(
                "node {} {}, {} now",
                PeerText.printable(node),
                kind == EventKind.NODE_JOINED ? "joined" : "left",
                known.size() == 1 ? "this node is alone" : known.size() + " are in the cluster");
    }

    private static Set<String> names(List<DirectoryNode> nodes) {
        return nodes.stream().map(DirectoryNode::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
