// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.testing.Await;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Relays on hosts of their own, which fail at random, and their encoders and players, which are of this process. It
 * runs on a further host. See {@link RelayChaosTest}.
 */
final class RelayChaos implements AutoCloseable {
    private static final int NODES = 3;
    private static final int ENGINE_PORT = 7800;
    private static final List<String> NAMES = List.of("x", "y");
    private static final int PLAYERS = 6;
    private static final Duration SETTLE = Duration.ofSeconds(40);
    private static final Pattern HEAP = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)");
    private static final Pattern NODES_SEEN = Pattern.compile("(?m)^relay_cluster_nodes (\\S+)");
    private static final Pattern PULLS = Pattern.compile("(?m)^relay_cluster_pulls (\\S+)");

    private final Namespaces hosts;
    private final Random random;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, SrtIoHandler.newFactory());
    private final List<RelayNode> nodes = new CopyOnWriteArrayList<>(); // clients read it

    private RelayChaos(Namespaces hosts, long seed) throws IOException {
        this.hosts = hosts;
        random = new Random(seed);
        for (int i = 0; i < NODES; i++) {
            nodes.add(start(i));
        }
    }

    /** Arguments: prefix of the hosts, seed, time in milliseconds. */
    public static void main(String[] arguments) throws Exception {
        try (RelayChaos chaos = new RelayChaos(Namespaces.named(arguments[0]), Long.parseLong(arguments[1]))) {
            chaos.run(Long.parseLong(arguments[2]));
        } catch (Throwable e) {
            e.printStackTrace(System.out);
            System.exit(1);
        }
        System.exit(0);
    }

    private void run(long millis) throws IOException, InterruptedException {
        awaitWhole();
        for (String name : NAMES) { // two that compete for a name
            Client.start(group, () -> relay(ThreadLocalRandom.current().nextInt(NODES)), "publish:" + name);
            Client.start(group, () -> relay(ThreadLocalRandom.current().nextInt(NODES)), "publish:" + name);
        }
        long start = System.nanoTime();
        for (int round = 1; round == 1 || since(start) < millis; round++) {
            List<Client> players = startPlayers();
            awaitPlaying(players);
            List<Client> brief = startPlayers(); // they come and go with the failure
            String what = failure();
            brief.forEach(Client::end);
            long healed = System.nanoTime();
            awaitWhole();
            awaitPlaying(players);
            long playing = since(healed);
            players.forEach(Client::end);
            long ended = System.nanoTime();
            awaitOnePublisherEach(what);
            System.out.println(round + ": " + what + ", all play after " + playing + " ms, no pull is left after "
                    + since(ended) + " ms, heap of n0 " + (sum(metrics(0), HEAP) >> 20) + " MB");
        }
    }

    private List<Client> startPlayers() {
        List<Client> players = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            int node = i % NODES;
            players.add(Client.start(group, () -> relay(node), "read:" + NAMES.get(i % NAMES.size())));
        }
        return players;
    }

    /** Lets one relay fail for a time, and returns how. */
    private String failure() throws IOException, InterruptedException {
        int victim = random.nextInt(NODES);
        int millis = 500 + random.nextInt(9000);
        switch (random.nextInt(3)) {
            case 0 -> {
                nodes.get(victim).signal("KILL");
                pass(millis / 4);
                nodes.get(victim).close();
                nodes.set(victim, start(victim));
                return "n" + victim + " is killed";
            }
            case 1 -> {
                nodes.get(victim).signal("STOP");
                pass(millis);
                nodes.get(victim).signal("CONT");
                return "n" + victim + " hangs for " + millis + " ms";
            }
            default -> {
                hosts.cut(victim);
                pass(millis);
                hosts.heal(victim);
                return "n" + victim + " is cut off for " + millis + " ms";
            }
        }
    }

    private void awaitWhole() {
        await(
                "all see each other",
                () -> (int) nodes.stream()
                        .filter(node -> sum(metrics(nodes.indexOf(node)), NODES_SEEN) == NODES)
                        .count(),
                NODES);
    }

    /** Waits until each has got more payloads. */
    private static void awaitPlaying(List<Client> players) {
        List<Long> before = players.stream().map(Client::received).toList();
        await(
                "all play",
                () -> {
                    int playing = 0;
                    for (int i = 0; i < players.size(); i++) {
                        playing += players.get(i).received() > before.get(i) + 20 ? 1 : 0;
                    }
                    return playing;
                },
                players.size());
    }

    /** Waits until no pull is left and each name has its publisher, and one only. */
    private void awaitOnePublisherEach(String what) {
        await("no pull after " + what, () -> (int) sumOfAll(PULLS), 0);
        for (String name : NAMES) {
            Pattern live = Pattern.compile("(?m)^relay_stream_live\\{stream=\"" + name + "\"} (\\S+)");
            await("one publisher of " + name + " after " + what, () -> (int) sumOfAll(live), 1);
        }
    }

    private static void await(String what, IntSupplier value, int expected) {
        int[] last = new int[1];
        try {
            Await.until(what, SETTLE, () -> {
                last[0] = value.getAsInt();
                if (last[0] != expected) {
                    pass(20);
                }
                return last[0] == expected;
            });
        } catch (AssertionError e) {
            throw new AssertionError(what + ": " + last[0] + " instead of " + expected, e);
        }
    }

    private long sumOfAll(Pattern metric) {
        long all = 0;
        for (int i = 0; i < NODES; i++) {
            all += sum(metrics(i), metric);
        }
        return all;
    }

    private static long sum(String metrics, Pattern metric) {
        double sum = 0;
        Matcher lines = metric.matcher(metrics);
        while (lines.find()) {
            sum += Double.parseDouble(lines.group(1));
        }
        return (long) sum;
    }

    /** Returns the metrics of a node, none where it does not answer. */
    private String metrics(int node) {
        try {
            return nodes.get(node).isReady() ? nodes.get(node).get("/metrics") : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the listener of a node, a port without one while it starts. */
    private InetSocketAddress relay(int node) {
        RelayNode relay = nodes.get(node);
        return relay.isReady() ? relay.listener() : new InetSocketAddress(Namespaces.address(node), 1);
    }

    private RelayNode start(int index) throws IOException {
        String seeds = Namespaces.address(0) + ":" + ENGINE_PORT + "," + Namespaces.address(1) + ":" + ENGINE_PORT;
        return RelayNode.start(hosts.on(index), "n" + index, Namespaces.address(index), ENGINE_PORT, seeds);
    }

    private static void pass(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        for (RelayNode node : nodes) {
            node.close();
        }
    }
}
