// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.awaitErrorLines;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.runFailing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The programs on a disk of 1 MiB that is really full: a tmpfs in a mount namespace of their own. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
@TestInstance(Lifecycle.PER_CLASS)
class FullDiskTest {
    private static final String NO_SPACE = "big: No space left on device";
    /** More than all buffers on the way hold: the sender cannot be done before the disk is full. */
    private static final long BYTES = 48 << 20;

    private Path big;
    private Path disk;

    @BeforeAll
    void requireNamespaces(@TempDir Path folder) throws IOException, InterruptedException {
        disk = Files.createDirectory(folder.resolve("disk"));
        try (Peer probe = Peer.start(onSmallDisk("true"))) {
            Needs.that(probe.awaitExit(WAIT) == 0, "unshare -rm and a mount of a tmpfs: " + probe.errors());
        }
        big = FilePrograms.write(folder.resolve("big"), BYTES);
    }

    @Test
    void receiveNamesTheFile_andLeavesNothing() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = onSmallDisk("file", "receive", listener(port), disk.toString())) {
            Peer.awaitBound(port);
            runFailing(Cli.start("file", "send", big.toString(), caller(port)), "closed the connection");
            assertFullAndEmpty(receiver);
        }
    }

    @Test
    void receiveTellsASenderOfOurs_whatIsWrong() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = onSmallDisk("file", "receive", listener(port), disk.toString())) {
            Peer.awaitBound(port);
            runFailing(Cli.start("file", "send", "--resume", big.toString(), caller(port)), "refuses: ", NO_SPACE);
            assertThat(receiver.awaitExit(WAIT)).isEqualTo(1);
            assertThat(Cli.errors(receiver)).contains(NO_SPACE).hasLineCount(1);
            assertThat(listing(receiver)).isEqualTo(".big.srt-netty-part"); // to go on with
        }
    }

    @Test
    void getNamesTheFile_andLeavesNothing() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", big.getParent().toString(), listener(port))) {
            Peer.awaitBound(port);
            try (Peer client = onSmallDisk("file", "get", caller(port), "big", disk.toString())) {
                assertFullAndEmpty(client);
            }
            try (Peer client = onSmallDisk("file", "get", "--resume", caller(port), "big", disk.toString())) {
                assertThat(client.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(client)).contains(NO_SPACE).hasLineCount(1);
            }
            awaitErrorLines(server, 2);
            server.terminate();
            server.awaitExit(WAIT);
            assertThat(Cli.errors(server))
                    .contains("closed the connection", "refuses: ", NO_SPACE)
                    .hasLineCount(2);
        }
    }

    private static void assertFullAndEmpty(Peer program) throws Exception {
        assertThat(program.awaitExit(WAIT)).isEqualTo(1);
        assertThat(Cli.errors(program))
                .startsWith("srt-netty: ")
                .contains(NO_SPACE)
                .hasLineCount(1);
        assertThat(listing(program)).isEmpty();
    }

    /** Returns what is on the disk when the program has ended, from its standard output, as nobody else can see it. */
    private static String listing(Peer program) throws IOException {
        return new String(program.output()).strip();
    }

    private Peer onSmallDisk(String... arguments) throws IOException {
        return Peer.start(onSmallDisk(Cli.command(List.of(), arguments)));
    }

    private List<String> onSmallDisk(String program) {
        return onSmallDisk(List.of(program));
    }

    /** The program runs with the disk, then the shell lists what is on it, and ends as the program did. */
    private List<String> onSmallDisk(List<String> program) {
        String script = "mount -t tmpfs -o size=1m small \"$0\" && { \"$@\"; code=$?; ls -A \"$0\"; exit $code; }";
        List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, disk.toString()));
        command.addAll(program);
        return command;
    }
}
