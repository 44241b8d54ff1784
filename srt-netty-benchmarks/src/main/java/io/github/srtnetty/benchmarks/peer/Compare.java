// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks.peer;

import io.github.srtnetty.libsrt.Srt;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Runs the C program and ours in turns against the same libsrt and prints a table of ratios: arguments are the C program, the
 * number of pairs, and optionally a file that the table is written to.
 */
public final class Compare {
    private static final int WARM_UP_SECONDS = 6;
    private static final int MEASURE_SECONDS = 6;
    private static final double EIGHT_PER_GIGABIT = 8e-9;

    private final String cProgram;
    private final int pairs;
    private final List<String> rows = new ArrayList<>();

    private Compare(String cProgram, int pairs) {
        this.cProgram = cProgram;
        this.pairs = pairs;
    }

    /** What one receiver printed. */
    private record Result(
            double bytes, double packets, double seconds, double cpu, double p99us, double heapPerPacket) {
        static Result parse(String line) {
            String[] words = line.trim().split(" ");
            return new Result(
                    number(words, "bytes"),
                    number(words, "packets"),
                    number(words, "seconds"),
                    number(words, "cpu"),
                    number(words, "p99us"),
                    number(words, "heapPerPacket"));
        }

        double bitsPerSecond() {
            return bytes * 8 / seconds;
        }

        double cpuPerGigabit() {
            return cpu / (bytes * EIGHT_PER_GIGABIT);
        }

        private static double number(String[] words, String name) {
            int index = Arrays.asList(words).indexOf(name);
            return index < 0 ? 0 : Double.parseDouble(words[index + 1]);
        }
    }

    /** One row: how both sides are run, what is compared, and the aim. */
    private record Row(
            String what,
            String mode,
            int latencyMillis,
            int connections,
            double bitsPerSecond,
            int loops,
            boolean bothSides) {}

    /** Runs all. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Compare compare = new Compare(args[0], Integer.parseInt(args[1]));
        compare.run();
        String table = compare.table();
        System.out.print(table);
        if (args.length > 2) {
            Files.writeString(Path.of(args[2]), table);
        }
    }

    private void run() throws IOException, InterruptedException {
        Row stream = new Row("stream mode throughput, bit/s", "file", 0, 1, 0, 1, true);
        compare(stream, Result::bitsPerSecond, "at least 0.95", "%.3e");
        Row fast = new Row("live 200 Mbit/s: receiver CPU s per Gbit", "live", 120, 1, 200e6, 1, false);
        List<Result> heap = compare(fast, Result::cpuPerGigabit, "at most 1.15", "%.3f");
        Row many = new Row("live 50 x 4 Mbit/s: receiver CPU s per Gbit", "live", 120, 50, 200e6, 2, false);
        compare(many, Result::cpuPerGigabit, "at most 1.20", "%.3f");
        Row delay =
                new Row("p99 of arrival - send, 32 connections, 4 loops, us", "live", 20, 32, 32 * 1.05e6, 4, false);
        compare(delay, Result::p99us, "at most C + 500 us", "%.0f");
        rows.add(String.format(
                Locale.ROOT,
                "| heap bytes per received packet, live 200 Mbit/s | - | %.1f | - | at most 64 |",
                median(heap, Result::heapPerPacket)));
    }

    private List<Result> compare(Row row, ToDoubleFunction<Result> value, String aim, String format)
            throws IOException, InterruptedException {
        List<Result> c = new ArrayList<>();
        List<Result> java = new ArrayList<>();
        double[] ratios = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            c.add(runOnce(row, false));
            java.add(runOnce(row, true));
            ratios[i] = value.applyAsDouble(java.get(i)) / value.applyAsDouble(c.get(i));
            System.err.printf(Locale.ROOT, "%s: pair %d: ratio %.3f%n", row.what, i + 1, ratios[i]);
        }
        Arrays.sort(ratios);
        rows.add(String.format(
                Locale.ROOT,
                "| %s | " + format + " | " + format + " | %.3f (%.3f to %.3f) | %s |",
                row.what,
                median(c, value),
                median(java, value),
                ratios[pairs / 2],
                ratios[0],
                ratios[pairs - 1],
                aim));
        return java;
    }

    private Result runOnce(Row row, boolean java) throws IOException, InterruptedException {
        int port = freePort();
        String seconds = Integer.toString(WARM_UP_SECONDS + MEASURE_SECONDS + 2);
        List<String> shared = List.of(
                Integer.toString(port),
                row.mode,
                Integer.toString(row.latencyMillis),
                Integer.toString(row.connections));
        Process receiver = start(
                java ? javaCommand(Receiver.class, row.loops) : List.of(cProgram, "receive"),
                shared,
                List.of(Integer.toString(WARM_UP_SECONDS), Integer.toString(MEASURE_SECONDS)));
        boolean javaSends = java && row.bothSides;
        Process sender = start(
                javaSends ? javaCommand(Sender.class, 1) : List.of(cProgram, "send"),
                shared,
                List.of(Double.toString(row.bitsPerSecond), seconds));
        String line = new String(receiver.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        receiver.waitFor();
        sender.destroy();
        sender.waitFor();
        if (line.isBlank()) {
            throw new IOException(
                    "the receiver of \"" + row.what + "\" printed nothing, exit code " + receiver.exitValue());
        }
        return Result.parse(line);
    }

    private static Process start(List<String> program, List<String> shared, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(shared);
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static List<String> javaCommand(Class<?> main, int loops) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xms1g", "-Xmx1g", "-Dio.netty.leakDetection.level=disabled", "-Dloops=" + loops));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        text.append("| what | C | srt-netty | ratio: median (range) | aim |\n|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(row).append('\n'));
        return text.append("\nMedians of ")
                .append(pairs)
                .append(" pairs in turns, JDK ")
                .append(Runtime.version().feature())
                .append(", libsrt ")
                .append(Srt.version())
                .append(", ")
                .append(Runtime.getRuntime().availableProcessors())
                .append(" cores, loopback.\n")
                .toString();
    }

    private static double median(List<Result> results, ToDoubleFunction<Result> value) {
        double[] values = results.stream().mapToDouble(value).sorted().toArray();
        return values[values.length / 2];
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
