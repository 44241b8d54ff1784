// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scte35} as a user starts it. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class Scte35Test {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String CUE = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==";

    @TempDir
    Path folder;

    @Test
    void printsEachCueOfAFile_andAppendsToTheSidecar() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(4)));
        Path sidecar = Files.writeString(folder.resolve("sidecar.txt"), "1.5,before\n");
        String[] lines = run("", "scte35", file.toString(), "--format", "jsonl", "--sidecar", sidecar.toString())
                .split("\n");

        assertThat(lines).hasSize(4).allMatch(line -> line.contains("\"packet_data\":{"));
        List<String> written = Files.readAllLines(sidecar);
        assertThat(written.remove(0)).isEqualTo("1.5,before");
        assertThat(written).hasSize(4).allSatisfy(line -> {
            String[] parts = line.split(",");
            long pts =
                    SpliceInfoSection.fromBase64(parts[1]).adjustedSplicePts().orElseThrow();
            assertThat(Double.parseDouble(parts[0])).isCloseTo(pts / 90_000.0, within(1e-6));
        });
    }

    @Test
    void aSidecarThatFailsIsItsOwnFailure_andEachCueIsPrinted() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(4)));
        try (Peer program = Cli.start("scte35", file.toString(), "--format", "jsonl", "--sidecar", "/dev/full")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).isEqualTo("srt-netty: cannot write /dev/full: No space left on device\n");
            assertThat(new String(program.output(), StandardCharsets.UTF_8)).hasLineCount(4);
        }
    }

    @Test
    void printsTheCuesOfALiveStream_asTheyCome() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(3)));
        int port = Peer.freePort();
        try (Peer program =
                Cli.start("scte35", "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0", "--format", "text")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("transmit", file.toString(), "srt://127.0.0.1:" + port)) {
                Await.until(
                        "the first cue, before the stream ends",
                        WAIT,
                        () -> text(program).contains("1, out of the network"));
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            Await.until("three cues", WAIT, () -> cues(text(program)).size() == 3);

            EndsInTime.onSignal("TERM", program);

            assertThat(cues(text(program)))
                    .satisfiesExactly(
                            out -> assertThat(out)
                                    .startsWith("splice_insert ")
                                    .contains(" at ", " ms ahead, PID 0x102, "),
                            segment -> assertThat(segment)
                                    .startsWith("time_signal ")
                                    .contains(" at "),
                            back -> assertThat(back).startsWith("splice_insert "));
            assertThat(text(program))
                    .contains("1, out of the network", "2.000 s, auto_return", "0, back to the network")
                    .contains("0x30 Provider Advertisement Start");
        }
    }

    @Test
    void readsStandardInput_andSelectsByPid() throws Exception {
        byte[] stream = Material.joined(Material.payloads(2));
        String all = run(stream, "scte35", "-", "--format", "text");
        assertThat(cues(all)).hasSize(2);
        assertThat(run(stream, "scte35", "-", "--format", "text", "--pid", "0x102"))
                .isEqualTo(all);
        assertThat(run(stream, "scte35", "-", "--format", "text", "--pid", "259"))
                .isEmpty();
    }

    @Test
    void findsTheCuesOfFfmpeg_whichAreInAPrivateStream_withAll() throws Exception {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(4)));
        Path out = folder.resolve("ffmpeg.ts");
        List<String> command = List.of("ffmpeg", "-nostdin", "-loglevel", "fatal", "-i", in.toString());
        List<String> copy = List.of("-map", "0:d", "-copy_unknown", "-c", "copy", "-f", "mpegts", out.toString());
        try (Peer ffmpeg =
                Peer.start(Stream.concat(command.stream(), copy.stream()).toList())) {
            assertThat(ffmpeg.awaitExit(WAIT)).as(ffmpeg.errors()).isZero();
        }
        assertThat(run("", "scte35", out.toString(), "--format", "text")).isEmpty();
        assertThat(cues(run("", "scte35", out.toString(), "--format", "text", "--all")))
                .hasSize(4)
                .anyMatch(cue -> cue.startsWith("splice_insert "))
                .anyMatch(cue -> cue.startsWith("time_signal "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp://127.0.0.1:%d", "udp://[::1]:%d", "udp://239.255.7.8:%d?adapter=127.0.0.1"})
    void readsDatagrams(String address) throws Exception {
        int port = Peer.freePort();
        String uri = address.formatted(port);
        InetAddress host = InetAddress.getByName(uri.replaceAll("udp://|:\\d+(\\?.*)?$", ""));
        try (Peer program = Cli.start("scte35", uri, "--format", "text");
                DatagramSocket socket = new DatagramSocket()) {
            if (host.isMulticastAddress()) {
                socket.setOption(
                        StandardSocketOptions.IP_MULTICAST_IF,
                        NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            }
            Peer.awaitBound(port);
            List<byte[]> payloads = Material.oneSecond().subList(0, LiveTransmit.AHEAD); // the first has the tables
            Await.until(
                    "a cue",
                    WAIT,
                    () -> { // from the start again until the program has joined the group
                        send(payloads, socket, host, port);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // no flood
                        return text(program).contains("1, out of the network");
                    });
            program.terminate();
            program.awaitExit(WAIT);
            assertThat(program.errors()).isEmpty();
        }
    }

    @Test
    void decodesAndEncodes() throws Exception {
        String hex = SpliceInfoSection.fromBase64(CUE).toHex();
        String json = run("", "scte35", "decode", CUE, "--format", "jsonl");

        assertThat(run("", "scte35", "decode", hex, "--format", "jsonl")).isEqualTo(json);
        assertThat(run("", "scte35", "decode", CUE))
                .startsWith("{\n    \"info_section\": {\n        \"table_id\": \"0xfc\",");
        assertThat(run(json, "scte35", "encode", "-")).isEqualTo(CUE + "\n");
        assertThat(run("", "scte35", "encode", json.strip(), "--hex")).isEqualToIgnoringCase(hex + "\n");
        String ofTheHelp = "{\"command\":{\"name\":\"time_signal\",\"pts_time\":10.0}}";
        assertThat(run("", "scte35", "encode", ofTheHelp)).isEqualTo("/DAWAAAAAAAAAP/wBQb+AA27oAAArJstGQ==\n");
    }

    @Test
    void decodesALineAtATime_andGoesOnAfterABadOne() throws Exception {
        try (Peer program = Cli.start("scte35", "decode", "-", "--format", "jsonl")) {
            program.input().write((CUE + "\nnonsense\n" + CUE + "\n").getBytes(StandardCharsets.US_ASCII));
            program.input().close();

            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            String[] lines = text(program).split("\n");
            assertThat(lines).hasSize(2);
            assertThat(lines[1]).isEqualTo(lines[0]).startsWith("{\"info_section\":");
            assertThat(program.errors()).startsWith("srt-netty: nonsense: ").hasLineCount(1);
        }
    }

    private static void send(List<byte[]> payloads, DatagramSocket socket, InetAddress host, int port) {
        try {
            for (byte[] payload : payloads) {
                socket.send(new DatagramPacket(payload, payload.length, host, port));
            }
        } catch (PortUnreachableException e) {
            return; // not there yet
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String run(String input, String... arguments) throws Exception {
        return run(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    private static String run(byte[] input, String... arguments) throws Exception {
        try (Peer program = Cli.start(arguments)) {
            program.input().write(input);
            program.input().close();
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            return text(program);
        }
    }

    /** Returns the first lines of the cues in a text; the others are indented. */
    private static List<String> cues(String text) {
        return text.lines().filter(line -> !line.startsWith(" ")).toList();
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
