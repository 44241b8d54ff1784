// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code transmit} as a user starts it, between srt-live-transmit and others. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class TransmitTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void isBitExactBetweenTwoSrtLiveTransmits() throws Exception {
        List<byte[]> payloads = Material.oneSecond();
        int udp = Peer.freePort();
        int in = Peer.freePort();
        int out = Peer.freePort();
        Path copy = folder.resolve("copy.ts");
        try (Peer program = Cli.start("transmit", listener(in), listener(out), copy.toString())) {
            Peer.awaitBound(in);
            Peer.awaitBound(out);
            try (Peer last = LiveTransmit.start(caller(out), "file://con");
                    Peer first = LiveTransmit.start("udp://127.0.0.1:" + udp, caller(in))) {
                Await.until(
                        "both connected", WAIT, () -> errors(program).lines().count() == 2);
                LiveTransmit.awaitTarget(first);
                LiveTransmit.sendByUdp(udp, payloads, copy, last.outputFile());
                Await.until("all bytes", WAIT, () -> copy.toFile().length() >= payloads.size() * 1316L);
                LiveTransmit.awaitOutput(last, payloads.size() * 1316L);

                EndsInTime.onSignal("TERM", program);
                assertThat(last.awaitExit(WAIT)).isZero();
                assertThat(Material.sha256(last.output())).isEqualTo(Material.sha256(Material.joined(payloads)));
                assertThat(program.output()).isEmpty();
            }
        }
    }

    @Test
    void keepsTheBoundariesOfPayloads_andConnectsAgain() throws Exception {
        int in = Peer.freePort();
        Recorder received = new Recorder();
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(
                    channel -> channel.pipeline().addLast(received),
                    bootstrap -> bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false));
            String to = caller(loopback.address().getPort());
            try (Peer program = Cli.start("transmit", listener(in) + "&payloadsize=1456", to, "--source-time")) {
                Peer.awaitBound(in);
                Await.until("connected", WAIT, () -> errors(program).contains("connected to"));
                for (int connection = 0; connection < 2; connection++) {
                    SrtChannel sender = (SrtChannel) loopback.caller(new Recorder(), bootstrap -> {})
                            .connect(new InetSocketAddress("127.0.0.1", in))
                            .sync()
                            .channel();
                    for (int size : new int[] {1, 188, 1316, 700}) {
                        sender.writeAndFlush(Unpooled.wrappedBuffer(new byte[size]))
                                .sync();
                    }
                    received.awaitMessages(4 * (connection + 1));
                    sender.close().sync();
                    int ends = connection + 1;
                    Await.until("the program knows", WAIT, () -> errors(program).split("disconnected").length > ends);
                }
            }
            assertThat(received.messages().stream().map(message -> message.length))
                    .containsExactly(1, 188, 1316, 700, 1, 188, 1316, 700);
        }
    }

    @Test
    void givesAFileToSeveralOutputs_standardOutputAmongThem() throws Exception {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(2)));
        Path out = folder.resolve("out.ts");
        Path uri = folder.resolve("with space.ts");
        try (Peer program = Cli.start(
                "transmit",
                in.toString(),
                out.toString(),
                uri.toUri().toString().replace("file:/", "file:///"),
                "-")) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(program.output()).isEqualTo(Files.readAllBytes(in));
        }
        assertThat(out).hasSameBinaryContentAs(in);
        assertThat(uri).hasSameBinaryContentAs(in);
    }

    @Test
    void standardInputGoesByRendezvous() throws Exception {
        byte[] bytes = Material.joined(Material.oneSecond());
        int a = Peer.freePort();
        int b = Peer.freePort();
        String both = "srt://127.0.0.1:%d?mode=rendezvous&adapter=127.0.0.1&port=%d&tlpktdrop=0&linger=60";
        try (Peer receiver = Cli.start("transmit", both.formatted(a, b), "-", "--once");
                Peer sender = Cli.start("transmit", "-", both.formatted(b, a), "--once")) {
            sender.input().write(bytes);
            sender.input().close();

            assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
            assertThat(Material.sha256(receiver.output())).isEqualTo(Material.sha256(bytes));
        }
    }

    @Test
    void readsAndWritesAMulticastGroup() throws Exception {
        List<byte[]> payloads = Material.oneSecond().subList(0, LiveTransmit.AHEAD); // the receiver may stand still
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(payloads));
        Path out = folder.resolve("out.ts");
        String group = "udp://239.255.7.7:" + Peer.freePort() + "?adapter=127.0.0.1";
        try (Peer receiver = Cli.start("transmit", group, out.toString(), "--timeout", "60")) {
            int port = Integer.parseInt(group.replaceAll(".*:|\\?.*", ""));
            receiver.awaitJoined(new InetSocketAddress("239.255.7.7", port));
            try (Peer sender = Cli.start("transmit", in.toString(), group + "&ttl=1")) {
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            Await.until(
                    "all bytes",
                    WAIT,
                    () -> out.toFile().length() == in.toFile().length());

            EndsInTime.onSignal("TERM", receiver);
        }
        assertThat(out).hasSameBinaryContentAs(in);
    }

    @Test
    void reportsStatistics_asTableCsvAndJson() throws Exception {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(3)));
        for (String format : List.of("table", "csv", "json")) {
            int port = Peer.freePort();
            Path report = folder.resolve(format);
            try (Peer receiver = Cli.start(
                    "transmit", listener(port), folder.resolve("out.ts").toString(), "--once")) {
                Peer.awaitBound(port);
                String[] command = {
                    "transmit",
                    in.toString(),
                    caller(port),
                    "--stats",
                    "1",
                    "--stats-format",
                    format,
                    "--stats-output",
                    report.toString()
                };
                try (Peer sender = Cli.start(command)) {
                    assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
                }
                assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
            }
            List<String> lines = Files.readAllLines(report);
            assertThat(lines).hasSizeGreaterThanOrEqualTo(2);
            switch (format) {
                case "table" ->
                    assertThat(lines)
                            .anySatisfy(
                                    line -> assertThat(line).startsWith("out1 ").containsPattern("\\d\\.\\d"));
                case "csv" ->
                    assertThat(lines.get(1).split(","))
                            .hasSameSizeAs(lines.get(0).split(","));
                default -> assertThat(keysOf(lines.get(0))).isEqualTo(4 + SrtStatistic.values().length);
            }
        }
    }

    @Test
    void failsWhenTheInputIsSilent_orRefusesForGood() throws Exception {
        try (Peer program = Cli.start("transmit", "udp://127.0.0.1:" + Peer.freePort(), "-", "--timeout", "1")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(Cli.errors(program))
                    .contains("nothing arrived for 1 seconds")
                    .hasLineCount(1);
        }
        int port = Peer.freePort();
        try (Peer relay = LiveTransmit.start(listener(port) + "&passphrase=" + TestSecrets.PASSPHRASE, "file://con")) {
            Peer.awaitBound(port);
            try (Peer program =
                    Cli.start("transmit", caller(port) + "&passphrase=" + TestSecrets.WRONG_PASSPHRASE, "-")) {
                assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                assertThat(program.errors()).contains("BADSECRET").doesNotContain(TestSecrets.WRONG_PASSPHRASE);
            }
        }
    }

    private static int keysOf(String json) throws IOException {
        int keys = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                keys += token.name().equals("FIELD_NAME") ? 1 : 0;
            }
        }
        return keys;
    }

    private static String errors(Peer peer) {
        try {
            return Cli.errors(peer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0";
    }

    private static String caller(int port) {
        return "srt://127.0.0.1:" + port + "?tlpktdrop=0";
    }
}
