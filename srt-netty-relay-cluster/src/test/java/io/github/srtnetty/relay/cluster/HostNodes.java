// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three nodes, named n0, n1 and n2, each on a host of its own. */
final class HostNodes implements AutoCloseable {
    static final int SIZE = 3;
    private static final int PORT = 7800;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Namespaces hosts;
    private final int expected;
    private final List<ChildNode> nodes = new ArrayList<>();

    /**
     * Makes the hosts, or skips the test where the rights are missing; starts the nodes, n0 first, and waits until they
     * see each other.
     *
     * @param expected nodes for a majority, 0 to accept always
     */
    HostNodes(int expected) {
        this.expected = expected;
        hosts = new Namespaces(SIZE);
        for (int i = 0; i < SIZE; i++) {
            nodes.add(start(i));
            nodes.get(i).awaitReady(); // one after the other, so that n0 is the oldest
        }
        awaitSizes(SIZE, SIZE, SIZE);
    }

    Namespaces hosts() {
        return hosts;
    }

    ChildNode get(int index) {
        return nodes.get(index);
    }

    List<ChildNode> all() {
        return nodes;
    }

    /** Waits until each node sees so many. */
    void awaitSizes(int... sizes) {
        for (int i = 0; i < SIZE; i++) {
            ChildNode node = nodes.get(i);
            int size = sizes[i];
            Await.until(node.name() + " sees " + size, LONG, () -> seenBy(node) == size);
        }
    }

    static int seenBy(ChildNode node) {
        return node.ask("nodes").split(",").length;
    }

    private ChildNode start(int index) {
        List<String> seeds = List.of(Namespaces.address(0) + ":" + PORT, Namespaces.address(1) + ":" + PORT);
        return ChildNode.start(hosts.on(index), "n" + index, Namespaces.address(index), PORT, expected, seeds);
    }

    @Override
    public void close() {
        nodes.forEach(ChildNode::close);
        hosts.close();
    }
}
