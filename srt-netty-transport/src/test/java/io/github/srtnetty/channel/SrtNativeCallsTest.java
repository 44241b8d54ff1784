// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Pacer;
import io.github.srtnetty.testing.Peer;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.BufferedReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often a receiver calls libsrt: all functions of the binding are counted by a library in between. */
@Tag("slow")
class SrtNativeCallsTest {
    private static final Path SOURCE = Path.of("src/test/c/count_calls.c");
    private static final Duration COMPILE = Duration.ofSeconds(60);
    private static final int END_SECONDS = 60;
    private static final Pattern FIGURE = Pattern.compile("(\\w+) (\\d+)");

    private static final int PACKETS = 10_000;
    private static final int BURST = 20;
    private static final double MOST_CALLS = 2.1;

    @TempDir
    private Path folder;

    @Test
    void aBurstTakesLittleMoreThanTwoCallsForEachPacket() throws Exception {
        Map<String, Long> figures = receive(compileCounter());
        double turns = figures.remove("turns");
        double bursts = PACKETS / (double) BURST;
        long all = figures.values().stream().mapToLong(Long::longValue).sum();
        double each = all / (double) PACKETS;
        double waits = figures.getOrDefault("srt_epoll_uwait", 0L) / bursts;
        System.out.printf("native calls: %.3f for each packet; for each burst of %d: ", each, BURST);
        System.out.printf("%.2f of srt_epoll_uwait, %.2f read turns; %s%n", waits, turns / bursts, figures);

        assertThat(figures.get("srt_recvmsg2")).as("is it counted").isGreaterThanOrEqualTo(PACKETS);
        assertThat(each).as("calls for each packet: %s", figures).isLessThanOrEqualTo(MOST_CALLS);
    }

    /** Sends bursts to another JVM; returns its figures, but for those that are 0. */
    private static Map<String, Long> receive(Path library) throws Exception {
        Process receiver = ChildJvm.start(NativeCallsProgram.class, library.toString(), Integer.toString(PACKETS));
        try (Loopback loopback = new Loopback(1);
                BufferedReader output = receiver.inputReader(UTF_8)) {
            int port = Integer.parseInt(awaitLine(output, "port \\d+").substring("port ".length()));
            SrtChannel caller = (SrtChannel) loopback.caller(new ChannelInboundHandlerAdapter(), CompleteDelivery::set)
                    .connect(new InetSocketAddress("127.0.0.1", port))
                    .sync()
                    .channel();
            awaitLine(output, "ready");
            new Pacer(caller, PACKETS, BURST).start().await();

            Map<String, Long> figures = new TreeMap<>();
            String all = output.lines().peek(line -> addFigure(line, figures)).collect(Collectors.joining("\n"));
            assertThat(receiver.waitFor(END_SECONDS, TimeUnit.SECONDS)).as(all).isTrue();
            assertThat(receiver.exitValue()).as(all).isZero();
            return figures;
        } finally {
            receiver.destroyForcibly().onExit().join();
        }
    }

    private static void addFigure(String line, Map<String, Long> figures) {
        Matcher figure = FIGURE.matcher(line);
        if (figure.matches() && !figure.group(2).equals("0")) {
            figures.put(figure.group(1), Long.valueOf(figure.group(2)));
        }
    }

    private static String awaitLine(BufferedReader output, String pattern) {
        StringBuilder before = new StringBuilder();
        return output.lines()
                .peek(line -> before.append(line).append('\n'))
                .filter(line -> line.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + pattern + " in: " + before));
    }

    private Path compileCounter() throws Exception {
        Path library = folder.resolve("libcount.so");
        String functions = NativeCallsProgram.functions().stream()
                .map(name -> "COUNTED(" + name + ")")
                .collect(Collectors.joining(" ", "-DFUNCTIONS=", ""));
        List<String> command = List.of(
                "gcc",
                "-shared",
                "-fPIC",
                "-O2",
                functions,
                "-o",
                library.toString(),
                SOURCE.toAbsolutePath().toString(),
                "-Wl,--no-as-needed",
                "-lsrt",
                "-ldl");
        try (Peer compiler = Peer.start(command)) {
            assertThat(compiler.awaitExit(COMPILE)).as(compiler.errors()).isZero();
        }
        return library;
    }
}
