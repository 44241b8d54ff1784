// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ctrl-C and SIGTERM end every program within two seconds, while data flows and while it waits for a peer: with the
 * exit code of the signal, its files whole, nothing to read but what it said before.
 */
@Tag("slow")
class SignalTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int SOME_BYTES = 200_000;

    @TempDir
    Path folder;

    private final LiveSource source = new LiveSource();
    private final List<Peer> programs = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Peer program : programs) {
            program.close();
        }
        source.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void demo(String signal) throws Exception {
        Peer busy = start("demo", "--seconds", "60");
        Await.until("the first cue", WAIT, () -> errors(busy).contains("cue: "));

        assertEnds(signal, busy);
        assertThat(busy.output()).isEmpty();
        assertThat(errors(busy)).doesNotContain("srt-netty: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void receive(String signal) throws Exception {
        Path out = folder.resolve("out.ts");
        Peer busy = start("receive", source.uri(), "-o", out.toString());
        int port = Peer.freePort();
        Peer waiting =
                start("receive", listener(port), "-o", folder.resolve("none.ts").toString());
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Peer connecting =
                    start("receive", "srt://127.0.0.1:" + silent.getLocalPort() + "?conntimeo=60000", "--verbose");
            awaitBytes(out);
            Peer.awaitBound(port);
            Loopback.awaitHandshake(silent);

            assertEnds(signal, busy);
            assertEnds(signal, waiting);
            assertEnds(signal, connecting);
        }
        LiveSource.assertIsStart(Files.readAllBytes(out));
        assertThat(errors(busy)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void send(String signal) throws Exception {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(30)));
        Recorder received = new Recorder();
        try (Loopback receiver = listening(received)) {
            int port = Peer.freePort();
            Peer waiting = start("send", "-", listener(port));
            Peer busy = start(
                    "send",
                    in.toString(),
                    "srt://127.0.0.1:" + receiver.address().getPort());
            received.awaitMessages(200);
            Peer.awaitBound(port);

            assertEnds(signal, busy);
            assertEnds(signal, waiting);
            received.awaitEvent("inactive");
            assertThat(errors(busy)).isEmpty();
        }
        LiveSource.assertIsStart(Material.joined(received.messages()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void transmit(String signal) throws Exception {
        Path out = folder.resolve("out.ts");
        Path statistics = folder.resolve("statistics.csv");
        Recorder received = new Recorder();
        try (Loopback receiver = listening(received)) {
            int in = Peer.freePort();
            String to = "srt://127.0.0.1:" + receiver.address().getPort();
            Peer busy = start(
                    "transmit",
                    listener(in),
                    to,
                    out.toString(),
                    "--stats",
                    "1",
                    "--stats-format",
                    "csv",
                    "--stats-output",
                    statistics.toString());
            int port = Peer.freePort();
            Peer waiting = start("transmit", listener(port), "srt://127.0.0.1:" + Peer.freePort());
            Await.until("connected", WAIT, () -> errors(busy).contains("connected to"));
            Peer.awaitBound(in);
            source.call(in, "");
            awaitBytes(out);
            received.awaitMessages(200);
            Await.until("statistics", WAIT, () -> text(statistics).lines().count() >= 2);
            Peer.awaitBound(port);

            assertEnds(signal, busy);
            assertEnds(signal, waiting);
            received.awaitEvent("inactive");
        }
        LiveSource.assertIsStart(Files.readAllBytes(out));
        LiveSource.assertIsStart(Material.joined(received.messages()));
        assertThat(text(statistics)).endsWith("\n");
    }

    /** Its input is at its end, and all that waits for room would be sent without the signal. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void transmitToAPeerThatTakesNothing(String signal) throws Exception {
        Path in = Files.write(folder.resolve("in.bin"), new byte[4 << 20]);
        try (Loopback receiver = new Loopback(1).listen(channel -> {}, bootstrap -> {
            StreamMode.set(bootstrap);
            bootstrap.childOption(ChannelOption.AUTO_READ, false).option(SrtChannelOption.SRTO_RCVBUF, 64 * 1472);
        })) {
            String to = "srt://127.0.0.1:" + receiver.address().getPort() + "?transtype=file&sndbuf=94208";
            Peer busy = start("transmit", in.toString(), to);
            Await.until("connected", WAIT, () -> errors(busy).contains("connected to"));
            receiver.accepted();

            assertEnds(signal, busy);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void scte35(String signal) throws Exception {
        Path sidecar = folder.resolve("sidecar.txt");
        Peer busy = start("scte35", source.uri(), "--format", "jsonl", "--sidecar", sidecar.toString());
        int port = Peer.freePort();
        Peer waiting = start("scte35", listener(port));
        Await.until("two cues", WAIT, () -> text(sidecar).lines().count() >= 2);
        Peer.awaitBound(port);

        assertEnds(signal, busy);
        assertEnds(signal, waiting);
        List<String> lines = Files.readAllLines(sidecar);
        assertThat(lines).allSatisfy(line -> SpliceInfoSection.fromBase64(line.split(",")[1]));
        assertThat(new String(busy.output(), StandardCharsets.UTF_8).split("\n"))
                .hasSizeBetween(lines.size(), lines.size() + 1) // printed, and ended before it was appended
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void relay(String signal) throws Exception {
        int port = Peer.freePort();
        int idle = Peer.freePort();
        Peer busy =
                Cli.start(List.of("-Dsrtnetty.log.flush=30000"), "relay", "--listen", listener(port), "--http", "off");
        programs.add(busy);
        Peer waiting = start("relay", "--listen", listener(idle), "--http", "off");
        Peer.awaitBound(port);
        source.call(port, "publish/live/a");
        Recorder played = new Recorder();
        source.loopback()
                .caller(played, bootstrap -> bootstrap.option(SrtChannelOption.SRTO_STREAMID, "play/live/a"))
                .connect("127.0.0.1", port)
                .sync();
        played.awaitMessages(100);
        Peer.awaitBound(idle);

        assertEnds(signal, 0, busy);
        assertEnds(signal, 0, waiting);
        played.awaitEvent("inactive");
        assertThat(played.messages()).allMatch(message -> message.length == TimedPayloads.TS_PAYLOAD_BYTES);
        assertThat(errors(busy)).contains("ended; 1 player was connected");
    }

    private Peer start(String... arguments) throws IOException {
        Peer program = Cli.start(arguments);
        programs.add(program);
        return program;
    }

    private static void assertEnds(String signal, Peer program) throws Exception {
        assertEnds(signal, signal.equals("INT") ? 130 : 143, program);
    }

    private static void assertEnds(String signal, int exitCode, Peer program) throws Exception {
        int ended = EndsInTime.onSignal(signal, program);
        assertThat(ended).as(errors(program)).isEqualTo(exitCode);
        assertThat(errors(program)).doesNotContain("\tat ", "Exception");
    }

    private static void awaitBytes(Path file) {
        Await.until("some bytes in the file", WAIT, () -> file.toFile().length() > SOME_BYTES);
    }

    /** What comes late on a busy machine comes all the same. */
    private static Loopback listening(Recorder recorder) {
        return new Loopback(1)
                .listen(
                        channel -> channel.pipeline().addLast(recorder),
                        bootstrap -> bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false));
    }

    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0";
    }

    private static String errors(Peer program) {
        try {
            return Cli.errors(program);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
