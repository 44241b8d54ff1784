// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose peer is killed in the middle of a stream: they keep what arrived, say why they end, and fail. */
@Tag("slow")
class LostPeerTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String LOST =
            "srt-netty: lost the connection to 127.0.0.1:\\d+: the peer .*\\((IDLE_TIMEOUT|LOST)\\)";

    private final List<Peer> programs = new ArrayList<>();

    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void makeAStream() throws Exception {
        in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(60)));
    }

    @AfterEach
    void end() throws Exception {
        for (Peer program : programs) {
            program.close();
        }
    }

    @Test
    void failsTheProgramsThatEndWithTheirPeer() throws Exception {
        Path received = folder.resolve("received.ts");
        Path transmitted = folder.resolve("transmitted.ts");
        List<Integer> ports = List.of(Peer.freePort(), Peer.freePort(), Peer.freePort(), Peer.freePort());
        start("receive", listener(ports.get(0)), "--once", "-o", received.toString());
        start("transmit", listener(ports.get(1)), transmitted.toString(), "--once");
        start("scte35", listener(ports.get(2)), "--once");
        start("ts", listener(ports.get(3)), "--once");
        ports.forEach(Peer::awaitBound);
        List<String> sender = new ArrayList<>(List.of("transmit", in.toString()));
        ports.forEach(port -> sender.add(caller(port)));
        try (Peer killed = Cli.start(sender.toArray(String[]::new))) {
            Await.until("two have data", WAIT, () -> bytes(received) > 100_000 && bytes(transmitted) > 100_000);
            Await.until("a cue and an event", WAIT, () -> bytes(output(2)) > 0 && bytes(output(3)) > 0);

            killed.kill();
        }

        for (Peer program : programs) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isEqualTo(1);
            assertThat(Cli.errors(program).lines().reduce("", (before, line) -> line))
                    .matches(LOST);
        }
        assertThat(Files.readAllBytes(in)).startsWith(Files.readAllBytes(received));
        assertThat(Files.readAllBytes(in)).startsWith(Files.readAllBytes(transmitted));
        assertThat(new String(programs.get(3).output())).contains("Continuity_count_error"); // the summary
    }

    @Test
    void isPrintedByTheProgramsThatGoOn() throws Exception {
        List<Integer> ports = List.of(Peer.freePort(), Peer.freePort());
        Path received = folder.resolve("received.ts");
        Path transmitted = folder.resolve("transmitted.ts");
        start("receive", listener(ports.get(0)), "-o", received.toString());
        start("transmit", listener(ports.get(1)), transmitted.toString());
        ports.forEach(Peer::awaitBound);
        for (int connection = 1; connection <= 2; connection++) {
            long first = bytes(received) + 100_000;
            long second = bytes(transmitted) + 100_000;
            try (Peer killed = Cli.start("transmit", in.toString(), caller(ports.get(0)), caller(ports.get(1)))) {
                Await.until("data at both", WAIT, () -> bytes(received) > first && bytes(transmitted) > second);
                killed.kill();
            }
            for (Peer program : programs) {
                int lost = connection;
                Await.until("it says so", WAIT, () -> losses(program) == lost);
            }
        }
    }

    private void start(String... command) throws Exception {
        programs.add(Cli.start(command));
    }

    private static long losses(Peer program) {
        try {
            return Cli.errors(program)
                    .lines()
                    .filter(line -> line.matches(LOST))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path output(int program) {
        return programs.get(program).outputFile();
    }

    private static long bytes(Path file) {
        return file.toFile().length();
    }

    /** What comes late on a busy machine comes all the same. */
    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0";
    }

    private static String caller(int port) {
        return "srt://127.0.0.1:" + port + "?conntimeo=20000";
    }
}
