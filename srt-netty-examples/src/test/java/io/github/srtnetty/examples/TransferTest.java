// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpTap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs as a user starts them. */
@SuppressWarnings("try") // a peer works by being there
class TransferTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Tag("slow")
    @Test
    void theDemoPrintsEachCueAsItArrives_andSaysThatEveryByteCameThrough() throws Exception {
        try (Peer endless = Cli.start("demo", "--seconds", "3600")) {
            Await.until("the first cue", WAIT, () -> errors(endless).contains("cue: "));
            assertThat(endless.output()).isEmpty();
        }
        try (Peer demo = Cli.start("demo", "--seconds", "3")) {
            assertThat(demo.awaitExit(WAIT)).as(demo.errors()).isZero();
            assertThat(new String(demo.output()))
                    .startsWith("every byte came through: ")
                    .hasLineCount(1);
            assertThat(errors(demo).lines().filter(line -> line.startsWith("cue: ")))
                    .hasSize(3)
                    .anyMatch(
                            line -> line.startsWith("cue: PID 0x102 splice_insert event 1 out of network for 2.000 s"))
                    .anyMatch(line -> line.startsWith("cue: PID 0x102 time_signal at 4.575 s, segment 1 type 0x30"))
                    .anyMatch(line -> line.startsWith("cue: PID 0x102 splice_insert event 1 back to network"));
            assertThat(Cli.errors(demo)).contains("Mbit/s", "packets/s", "RTT", "lost");
        }
    }

    @Tag("slow")
    @Test
    void aFileArrivesAsItWasSent_byTheClockOfTheStream() throws Exception {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(2)));
        Path out = folder.resolve("out.ts");
        int port = Peer.freePort();
        try (Peer receiver = Cli.start(
                "receive", "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0", "-o", out.toString(), "--once")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("send", in.toString(), "srt://127.0.0.1:" + port + "?linger=60")) {
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
            assertThat(Cli.errors(receiver)).isEmpty();
        }
        assertThat(Material.sha256(Files.readAllBytes(out))).isEqualTo(Material.sha256(Files.readAllBytes(in)));
    }

    @Tag("slow")
    @Test
    void standardInputArrivesAtStandardOutput_whenTheSenderListens() throws Exception {
        byte[] bytes = Material.joined(Material.oneSecond());
        int port = Peer.freePort();
        try (Peer sender = Cli.start("send", "-", "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0&linger=60")) {
            Peer.awaitBound(port);
            try (Peer receiver = Cli.start("receive", "srt://127.0.0.1:" + port + "?tlpktdrop=0", "--stats", "1")) {
                sender.input().write(bytes);
                sender.input().close();

                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
                assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
                assertThat(Material.sha256(receiver.output())).isEqualTo(Material.sha256(bytes));
            }
        }
    }

    @Tag("slow")
    @Test
    void receiveWritesExactlyWhatFfmpegSent() throws Exception {
        Path in = Material.ffmpegFile(folder);
        Path out = folder.resolve("out.ts");
        int port = Peer.freePort();
        try (Peer receiver = Cli.start(
                        "receive",
                        "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0",
                        "-o",
                        out.toString(),
                        "--once");
                UdpTap tap = new UdpTap(port)) {
            Peer.awaitBound(port);
            String url = "srt://127.0.0.1:" + tap.port() + "?pkt_size=1316&linger=20";
            String[] command =
                    ("ffmpeg -nostdin -loglevel error -readrate 0.5 -i " + in + " -c copy -f mpegts " + url).split(" ");
            try (Peer ffmpeg = Peer.start(command)) {
                assertThat(ffmpeg.awaitExit(WAIT)).as(ffmpeg.errors()).isZero();
            }
            assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
            assertThat(tap.payload()).isNotEmpty();
            assertThat(Material.sha256(Files.readAllBytes(out))).isEqualTo(Material.sha256(tap.payload()));
        }
    }

    @Tag("slow")
    @Test
    void anEmptyInputFails() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start(
                "receive",
                "srt://127.0.0.1:" + port + "?mode=listener",
                "-o",
                folder.resolve("out.ts").toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("send", "-", "srt://127.0.0.1:" + port)) {
                sender.input().close();

                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender)).isEqualTo("srt-netty: the input is empty, nothing was sent\n");
            }
        }
    }

    @Tag("slow")
    @Test
    void aSignalEndsTheReceiver_withEverythingWritten() throws Exception {
        byte[] bytes = Material.joined(Material.oneSecond());
        Path out = folder.resolve("out.ts");
        int port = Peer.freePort();
        try (Peer receiver =
                Cli.start("receive", "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0", "-o", out.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("send", "-", "srt://127.0.0.1:" + port)) {
                sender.input().write(bytes, 0, bytes.length);
                sender.input().flush(); // and stays open: the connection is up when the signal comes
                Await.until("all bytes in the file", WAIT, () -> out.toFile().length() == bytes.length);

                EndsInTime.onSignal("TERM", receiver);

                assertThat(Cli.errors(receiver)).isEmpty();
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender))
                        .contains("127.0.0.1:" + port + " closed the connection")
                        .hasLineCount(1);
            }
        }
        assertThat(Material.sha256(Files.readAllBytes(out))).isEqualTo(Material.sha256(bytes));
    }

    private static String errors(Peer peer) {
        try {
            return peer.errors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
