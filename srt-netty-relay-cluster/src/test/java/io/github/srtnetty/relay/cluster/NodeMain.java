// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClaimOutcome;
import io.github.srtnetty.relay.directory.ClaimOutcome.Granted;
import io.github.srtnetty.relay.directory.ClaimOutcome.Taken;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A node in a process of its own, which a test kills and stops. It takes commands from standard input, a line each with
 * a number first, and answers {@code = number answer}; what is lost it reports as {@code ! name winner}.
 */
final class NodeMain {
    private static final PrintStream OUT = System.out;

    private final StreamDirectory directory;
    private final Map<String, StreamEntry> claims = new ConcurrentHashMap<>();

    private NodeMain(StreamDirectory directory) {
        this.directory = directory;
    }

    /** Arguments: name, address, port, expected nodes for a majority or 0, seeds. */
    public static void main(String[] arguments) throws Exception {
        int expected = Integer.parseInt(arguments[3]);
        ClusterSettings settings = new ClusterSettings(
                arguments[0],
                new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2])),
                List.of(arguments[4].split(",")),
                "",
                "",
                null,
                "",
                new InetSocketAddress(0),
                expected == 0 ? OnSplit.ACCEPT : OnSplit.MAJORITY,
                expected,
                true);
        long start = System.nanoTime();
        try (StreamDirectory directory = new InfinispanDirectoryProvider().open(settings, arguments[1] + ":9000")) {
            NodeMain node = new NodeMain(directory);
            node.watch();
            print("= 0 " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            node.obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        }
        Runtime.getRuntime().halt(0);
    }

    private void watch() {
        directory.watch(new DirectoryListener() {
            @Override
            public void lost(StreamEntry claim, StreamEntry winner, String why) {
                claims.computeIfPresent(claim.name(), (name, held) -> held.isSameClaim(claim) ? null : held);
                print("! " + claim.name() + " " + winner.node());
            }
        });
    }

    private void obey(BufferedReader commands) throws Exception {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            String number = words[0];
            String name = words.length > 2 ? words[2] : "";
            switch (words[1]) {
                case "claim" -> directory.claim(name).thenAccept(outcome -> print("= " + number + " " + note(outcome)));
                case "many" -> print("= " + number + " " + many(Integer.parseInt(name)));
                case "release" -> {
                    StreamEntry claim = claims.remove(name);
                    if (claim != null) {
                        directory.release(claim);
                    }
                    print("= " + number + " released");
                }
                case "held" -> print("= " + number + " " + held());
                case "releaseall" -> {
                    List.copyOf(claims.values()).forEach(directory::release);
                    claims.clear();
                    print("= " + number + " released");
                }
                case "find" -> print("= " + number + " " + text(directory.find(name)));
                case "all" -> print("= " + number + " " + all());
                case "count" -> print("= " + number + " " + directory.streams().size());
                case "nodes" -> print("= " + number + " " + nodes());
                case "accepts" -> print("= " + number + " " + directory.acceptsPublishers());
                case "cpu" -> print("= " + number + " " + cpuMillis());
                case "memory" -> print("= " + number + " " + memory());
                case "threads" -> print("= " + number + " " + busiestThreads());
                case "latency" -> print("= " + number + " " + findNanos());
                case "pace" -> print("= " + number + " " + claimMicros(Integer.parseInt(name)));
                case "leave" -> {
                    return;
                }
                default -> print("= " + number + " unknown");
            }
        }
    }

    private String note(ClaimOutcome outcome) {
        if (outcome instanceof Granted granted) {
            StreamEntry claim = granted.claim();
            claims.merge(claim.name(), claim, (a, b) -> a.epoch() > b.epoch() ? a : b); // two may overtake each other
            StreamEntry now = directory.find(claim.name());
            if (now == null || !now.isSameClaim(claim)) { // lost before it was noted, or about to be
                claims.remove(claim.name(), claim);
                directory.release(claim);
            }
            return "granted";
        }
        return outcome instanceof Taken taken ? "taken " + taken.holder().node() : outcome.toString();
    }

    /** Claims so many names, some at a time. */
    private String many(int count) {
        for (int i = 0; i < count; i += 100) {
            int end = Math.min(count, i + 100);
            java.util.stream.IntStream.range(i, end)
                    .mapToObj(n -> directory.claim("many" + n).toCompletableFuture())
                    .collect(Collectors.toList())
                    .forEach(claim -> note(claim.join()));
        }
        return "done";
    }

    private String all() {
        return directory.streams().stream()
                .map(entry -> entry.name() + "=" + entry.node())
                .sorted()
                .collect(Collectors.joining(","));
    }

    private String held() {
        return claims.keySet().stream()
                .sorted()
                .map(name -> name + "=" + directory.self())
                .collect(Collectors.joining(","));
    }

    private String nodes() {
        return directory.nodes().stream()
                .map(node -> node.name() + (node.coordinator() ? "*" : ""))
                .collect(Collectors.joining(","));
    }

    private static long cpuMillis() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    }

    private static String memory() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long nonHeap =
                ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        return (runtime.totalMemory() - runtime.freeMemory()) + " " + nonHeap + " " + threads;
    }

    /** Returns the CPU time of threads so far, by the first letters of their names. */
    private static String busiestThreads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> millis = new TreeMap<>();
        for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null) {
                String kind = info.getThreadName().replaceAll("[0-9.]+", "N");
                long cpu = threads.getThreadCpuTime(info.getThreadId());
                millis.merge(kind, TimeUnit.NANOSECONDS.toMicros(cpu), Long::sum);
            }
        }
        return millis.toString();
    }

    /** Finds some hundred thousand times; returns the longest time of 50 % and 99 % of them and of all, in ns. */
    private String findNanos() {
        long[] nanos = new long[400_000];
        for (int i = 0; i < nanos.length; i++) {
            long before = System.nanoTime();
            directory.find("cam1");
            nanos[i] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] + " " + nanos[nanos.length * 99 / 100] + " " + nanos[nanos.length - 1];
    }

    /** Claims so many names, 100 a second; returns the longest time of 50 % and 99 % of the claims, in us. */
    private String claimMicros(int count) {
        long[] micros = new long[count];
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + TimeUnit.MILLISECONDS.toNanos(10L * i);
            LockSupport.parkNanos(due - System.nanoTime());
            long before = System.nanoTime();
            note(directory.claim("paced" + i).toCompletableFuture().join());
            micros[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before);
        }
        Arrays.sort(micros);
        return micros[count / 2] + " " + micros[count * 99 / 100];
    }

    private static String text(StreamEntry entry) {
        return entry == null ? "none" : entry.node() + " " + entry.claimId();
    }

    private static synchronized void print(String line) {
        OUT.println(line);
        OUT.flush();
    }
}
