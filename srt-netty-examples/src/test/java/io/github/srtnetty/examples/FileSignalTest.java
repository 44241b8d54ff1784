// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and SIGTERM end the programs for files and messages within 2 s, in the middle of their work. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class FileSignalTest {
    private static final long BYTES = 4 << 20;
    /** Bytes a second: the transfer takes its time. */
    private static final String SLOWLY = "&maxbw=200000";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"INT, send", "TERM, send", "INT, receive", "TERM, receive"})
    void endsSendAndReceive(String signal, String program) throws Exception {
        Path film = FilePrograms.write(folder.resolve("film"), BYTES);
        Path into = Files.createDirectory(folder.resolve("into"));
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", film.toString(), caller(port) + SLOWLY)) {
                Await.until("a partial file", WAIT, () -> into.toFile().list().length > 0);
                end(program.equals("send") ? sender : receiver, signal);
                Peer other = program.equals("send") ? receiver : sender;
                assertThat(other.awaitExit(WAIT)).isEqualTo(1); // a cut file is not a file
                assertThat(into).isEmptyDirectory();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, serve", "TERM, serve", "INT, get", "TERM, get"})
    void endsServeAndGet(String signal, String program) throws Exception {
        FilePrograms.write(folder.resolve("film"), BYTES);
        Path into = Files.createDirectory(folder.resolve("into"));
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", folder.toString(), listener(port) + SLOWLY)) {
            Peer.awaitBound(port);
            try (Peer client = Cli.start("file", "get", caller(port), "film", into + "/film")) {
                Await.until("a partial file", WAIT, () -> into.toFile().list().length > 0);
                end(program.equals("serve") ? server : client, signal);
                if (program.equals("serve")) {
                    assertThat(client.awaitExit(WAIT)).isEqualTo(1);
                }
            }
        }
        assertThat(into).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"INT, send", "TERM, send", "INT, listen", "TERM, listen"})
    void endsMessageSendAndListen(String signal, String program) throws Exception {
        int port = Peer.freePort();
        String address = "srt://127.0.0.1:" + port;
        try (Peer listener = Cli.start("message", "listen", address + "?mode=listener")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", address)) {
                sender.input().write("a line\n".getBytes());
                sender.input().flush();
                Path output = listener.outputFile();
                Await.until("the line", WAIT, () -> output.toFile().length() > 0);
                end(program.equals("send") ? sender : listener, signal);
                if (program.equals("listen")) {
                    assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                }
            }
            assertThat(new String(listener.output())).isEqualTo("1\ta line\n");
        }
    }

    private static void end(Peer program, String signal) throws Exception {
        int code = EndsInTime.onSignal(signal, program);
        assertThat(code).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(Cli.errors(program)).isEmpty();
    }
}
