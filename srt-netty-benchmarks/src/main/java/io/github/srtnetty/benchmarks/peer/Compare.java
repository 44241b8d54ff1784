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
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Runs the C program and ours in turns against the same libsrt and prints a table of ratios: arguments are the C
 * program, the jar of the programs, the number of pairs, and optionally a file that the table is written to.
 */
public final class Compare {
    private static final int WARM_UP_SECONDS = 12;
    private static final int MEASURE_SECONDS = 6;
    private static final double EIGHT_PER_GIGABIT = 8e-9;
    /**
     * libsrt's congestion control of file mode takes this long to forget what was lost while the JIT compiler had the
     * cores.
     */
    private static final int STREAM_WARM_UP_SECONDS = 25;
    /**
     * With 3,200 packets a second the JIT compiler still works after 20 s. Until it is done, p99 measures the time that
     * the compiler takes from the cores.
     */
    private static final int SLOW_WARM_UP_SECONDS = 30;

    private static final Row STREAM =
            new Row("stream mode throughput, bit/s", "file", 0, 1, 0, 1, Setting.BOTH_SIDES, STREAM_WARM_UP_SECONDS);
    private static final Row FAST = new Row(
            "live 200 Mbit/s: receiver CPU s per Gbit", "live", 120, 1, 200e6, 1, Setting.RECEIVER, WARM_UP_SECONDS);
    private static final Row MANY = new Row(
            "live 50 x 4 Mbit/s: receiver CPU s per Gbit",
            "live",
            120,
            50,
            200e6,
            1,
            Setting.RECEIVER,
            WARM_UP_SECONDS);
    private static final Row DELAY = new Row(
            "p99 of arrival - send, 32 connections, 4 loops, us",
            "live",
            20,
            32,
            32 * 1.05e6,
            4,
            Setting.RECEIVER,
            SLOW_WARM_UP_SECONDS);
    private static final Row TRANSMIT = new Row(
            "transmit, SRT to SRT, 50 Mbit/s: CPU s per Gbit (C: srt-live-transmit)",
            "live",
            120,
            1,
            50e6,
            1,
            Setting.RELAY,
            WARM_UP_SECONDS);

    private final String cProgram;
    private final String programsJar;
    private final int pairs;
    private final List<String> rows = new ArrayList<>();

    private Compare(String cProgram, String programsJar, int pairs) {
        this.cProgram = cProgram;
        this.programsJar = programsJar;
        this.pairs = pairs;
    }

    /** The line that one receiver printed. */
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
            Setting setting,
            int warmUpSeconds) {}

    /** Which of the processes is the one under test. */
    private enum Setting {
        RECEIVER,
        BOTH_SIDES,
        RELAY
    }

    /** Runs all. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Compare compare = new Compare(args[0], args[1], Integer.parseInt(args[2]));
        compare.run();
        String table = compare.table();
        System.out.print(table);
        if (args.length > 3) {
            Files.writeString(Path.of(args[3]), table);
        }
    }

    private void run() throws IOException, InterruptedException {
        compare(STREAM, Result::bitsPerSecond, "at least 0.95", "%.3e");
        List<Result> heap = compare(FAST, Result::cpuPerGigabit, "at most 1.15", "%.3f");
        compare(MANY, Result::cpuPerGigabit, "at most 1.20", "%.3f");
        compare(DELAY, Result::p99us, "at most C + 500 us", "%.0f");
        compare(TRANSMIT, Result::cpuPerGigabit, "at most 1.10", "%.3f");
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
        return row.setting == Setting.RELAY ? relay(row, java) : receive(row, java);
    }

    private Result receive(Row row, boolean java) throws IOException, InterruptedException {
        int port = freePort();
        Process receiver = start(
                java ? javaCommand(Receiver.class, row.loops) : List.of(cProgram, "receive"), row, port, window(row));
        boolean javaSends = java && row.setting == Setting.BOTH_SIDES;
        Process sender = send(javaSends ? javaCommand(Sender.class, 1) : List.of(cProgram, "send"), row, port);
        return result(row, receiver, sender);
    }

    // The C programs send and receive; the program between them is measured, by the CPU time of its process.
    private Result relay(Row row, boolean java) throws IOException, InterruptedException {
        int in = freePort();
        int out = freePort();
        Process receiver = start(List.of(cProgram, "receive"), row, out, window(row));
        List<String> command = new ArrayList<>(
                java
                        ? List.of(javaBinary(), "-jar", programsJar, "transmit")
                        : List.of("srt-live-transmit", "-q", "-loglevel:error"));
        command.add("srt://:" + in + "?mode=listener&latency=" + row.latencyMillis);
        command.add("srt://127.0.0.1:" + out + "?mode=caller&latency=" + row.latencyMillis);
        Process relay = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Process sender = send(List.of(cProgram, "send"), row, in);
        try {
            TimeUnit.SECONDS.sleep(row.warmUpSeconds);
            double start = cpuSeconds(relay);
            TimeUnit.SECONDS.sleep(MEASURE_SECONDS - 1);
            double cpu = cpuSeconds(relay) - start;
            Result received = result(row, receiver, sender);
            double bytes = received.bytes / received.seconds * (MEASURE_SECONDS - 1);
            return new Result(bytes, received.packets, MEASURE_SECONDS - 1, cpu, received.p99us, 0);
        } finally {
            relay.destroy();
            relay.waitFor();
        }
    }

    private static List<String> window(Row row) {
        return List.of(Integer.toString(row.warmUpSeconds), Integer.toString(MEASURE_SECONDS));
    }

    private static double cpuSeconds(Process process) {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private Process send(List<String> program, Row row, int port) throws IOException {
        String seconds = Integer.toString(row.warmUpSeconds + MEASURE_SECONDS + 3);
        return start(program, row, port, List.of(Double.toString(row.bitsPerSecond), seconds));
    }

    private static Result result(Row row, Process receiver, Process sender) throws IOException, InterruptedException {
        sender.onExit().thenRun(receiver::destroy); // it ends later than the receiver, unless it failed
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

    private static Process start(List<String> program, Row row, int port, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.add(Integer.toString(port));
        command.add(row.mode);
        command.add(Integer.toString(row.latencyMillis));
        command.add(Integer.toString(row.connections));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String javaBinary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static List<String> javaCommand(Class<?> main, int loops) {
        List<String> command = new ArrayList<>();
        command.add(javaBinary());
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
