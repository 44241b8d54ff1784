// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard output has data and nothing else; its reader may leave, or stop reading. */
@Tag("slow")
class StandardOutputTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final LiveSource source = new LiveSource();
    private final List<Peer> programs = new ArrayList<>();
    private final List<Process> piped = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Peer program : programs) {
            program.close();
        }
        piped.forEach(Process::destroyForcibly);
        source.close();
    }

    @Test
    void hasNothingButData_whateverIsTold() throws Exception {
        Peer receive = start("receive", source.uri(), "--stats", "1", "--verbose");
        Peer transmit = start("transmit", source.uri(), "-", "--stats", "1", "--verbose");
        Peer csv = start("transmit", source.uri(), "-", "--stats", "1", "--stats-format", "csv");
        Peer cues = start("scte35", source.uri(), "--format", "jsonl", "--verbose");
        Await.until("a report of receive", WAIT, () -> errors(receive).contains(" Mbit/s, "));
        Await.until("a report of transmit", WAIT, () -> errors(transmit).contains("in "));
        Await.until("a report in CSV", WAIT, () -> errors(csv).contains(",in,"));
        Await.until("two cues", WAIT, () -> text(cues).lines().count() >= 2);
        for (Peer program : List.of(receive, transmit, csv)) {
            Await.until("data", WAIT, () -> program.outputFile().toFile().length() > 0); // they report without any
        }
        programs.forEach(Peer::terminate);
        for (Peer program : programs) {
            program.awaitExit(WAIT);
        }

        LiveSource.assertIsStart(receive.output());
        LiveSource.assertIsStart(transmit.output());
        LiveSource.assertIsStart(csv.output());
        assertThat(text(cues).split("\n")).allMatch(line -> line.startsWith("{\"info_section\":{"));
    }

    @Test
    void failsInOneLine_whenWhoReadsHasEnough() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(60)));
        List<Process> all = List.of(
                pipe("receive", source.uri()),
                pipe("transmit", file.toString(), "-"),
                pipe("transmit", file.toString(), "-", "--full-speed"),
                pipe("scte35", file.toString()));
        for (Process program : all) {
            try (InputStream out = program.getInputStream()) {
                assertThat(out.readNBytes(1000)).hasSize(1000);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(all.get(i).exitValue()).isEqualTo(1);
            assertThat(Files.readString(errorsOf(i)))
                    .startsWith("srt-netty: cannot write ")
                    .contains("standard output")
                    .hasLineCount(1);
        }
    }

    @Test
    void aReaderThatLeavesEndsDecode_thoughThereIsMoreToRead() throws Exception {
        Process decode = pipe("scte35", "decode", "-", "--format", "jsonl");
        byte[] line = "/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==\n".getBytes(StandardCharsets.US_ASCII);
        decode.getOutputStream().write(line);
        decode.getOutputStream().flush();
        assertThat((char) decode.getInputStream().read()).isEqualTo('{');
        decode.getInputStream().close();
        decode.getOutputStream().write(line);
        decode.getOutputStream().flush(); // and stays open

        assertThat(decode.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(decode.exitValue()).isEqualTo(1);
        assertThat(Files.readString(errorsOf(0))).contains("standard output").hasLineCount(1);
    }

    @Test
    void aReaderThatLeavesEndsListen_whenTheNextMessageComes() throws Exception {
        int port = Peer.freePort();
        Process listener = pipe("message", "listen", "srt://127.0.0.1:" + port + "?mode=listener");
        Peer.awaitBound(port);
        Peer sender = start("message", "send", "srt://127.0.0.1:" + port);
        sender.input().write("one\n".getBytes(StandardCharsets.US_ASCII));
        sender.input().flush();
        assertThat((char) listener.getInputStream().read()).isEqualTo('1');
        listener.getInputStream().close();
        sender.input().write("two\n".getBytes(StandardCharsets.US_ASCII));
        sender.input().flush();

        assertFailed(listener);
    }

    @Test
    void aReaderThatLeavesEndsServe_whenTheNextFileIsSent() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "text");
        int port = Peer.freePort();
        Process server = pipe("file", "serve", folder.toString(), "srt://127.0.0.1:" + port + "?mode=listener");
        Peer.awaitBound(port);
        server.getInputStream().close();
        Peer client = start("file", "get", "srt://127.0.0.1:" + port, "file", folder + "/copy");

        assertThat(client.awaitExit(WAIT)).as(client.errors()).isZero();
        assertThat(folder.resolve("copy")).hasSameBinaryContentAs(file);
        assertFailed(server);
    }

    private void assertFailed(Process program) throws Exception {
        assertThat(program.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(1);
        assertThat(Files.readAllLines(errorsOf(0)))
                .filteredOn(line -> !line.startsWith("srt-netty: listening on "))
                .singleElement(STRING)
                .startsWith("srt-netty: cannot write to standard output");
    }

    @Test
    void aSignalEndsTheProgram_thoughNobodyReadsItsPipe() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(60)));
        List<Process> all = List.of(
                pipe("receive", source.uri()),
                pipe("transmit", file.toString(), "-", "--full-speed"),
                pipe("scte35", file.toString()));
        for (Process program : all) {
            awaitFull(program);
            assertThat(EndsInTime.onSignal("TERM", program)).isEqualTo(143);
        }
    }

    /** A pipe holds 16 pages, in which small writes leave gaps. */
    private static void awaitFull(Process program) {
        Await.until("the pipe is full", WAIT, () -> {
            try {
                return program.getInputStream().available() >= 40_000;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Peer start(String... arguments) throws IOException {
        Peer program = Cli.start(arguments);
        programs.add(program);
        return program;
    }

    private Process pipe(String... arguments) throws IOException {
        Process program = new ProcessBuilder(Cli.command(List.of(), arguments))
                .redirectError(Redirect.to(errorsOf(piped.size()).toFile()))
                .start();
        piped.add(program);
        return program;
    }

    private Path errorsOf(int program) {
        return folder.resolve("errors" + program);
    }

    private static String errors(Peer program) {
        try {
            return program.errors();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
