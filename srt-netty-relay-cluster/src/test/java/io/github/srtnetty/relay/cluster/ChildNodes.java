// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nodes in processes of their own on the loopback interface, named n0, n1 ... */
final class ChildNodes implements AutoCloseable {
    private final List<Integer> ports;
    private final List<ChildNode> nodes = new ArrayList<>();

    /** Starts so many one after the other, so that they form one cluster, and waits until they see each other. */
    ChildNodes(int size) {
        ports = TestNodes.freePorts(size);
        for (int i = 0; i < size; i++) {
            nodes.add(start(i));
            nodes.get(i).awaitReady();
        }
        for (int i = 0; i < size; i++) {
            awaitSize(i, size);
        }
    }

    ChildNode get(int index) {
        return nodes.get(index);
    }

    /** Starts a node again. */
    ChildNode restart(int index) {
        nodes.get(index).close();
        nodes.set(index, start(index));
        return nodes.get(index);
    }

    /** Returns the index of the coordinator. */
    int coordinator() {
        for (String node : get(0).ask("nodes").split(",")) {
            if (node.endsWith("*")) {
                return Integer.parseInt(node.substring(1, node.length() - 1));
            }
        }
        throw new AssertionError("no coordinator");
    }

    void awaitSize(int index, int size) {
        Await.until("n" + index + " sees " + size, Duration.ofSeconds(30), () -> sizeAt(index) == size);
    }

    int sizeAt(int index) {
        return get(index).ask("nodes").split(",").length;
    }

    /** Returns how long it takes until a node answers a command with a text, in milliseconds. */
    long millisUntil(int index, String command, String answer, Duration atMost) {
        long start = System.nanoTime();
        Await.until(
                command + " at n" + index + " gives " + answer,
                atMost,
                () -> get(index).ask(command).equals(answer));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private ChildNode start(int index) {
        List<String> seeds = ports.stream().map(port -> "127.0.0.1:" + port).toList();
        return ChildNode.start(List.of(), "n" + index, "127.0.0.1", ports.get(index), 0, seeds);
    }

    @Override
    public void close() {
        nodes.forEach(ChildNode::close);
    }
}
