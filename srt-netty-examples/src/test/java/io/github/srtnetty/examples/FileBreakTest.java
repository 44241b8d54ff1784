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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that ends before its time leaves no file, and the receiver says where it broke and what it has kept. */
@Tag("slow")
class FileBreakTest {
    private static final long BYTES = 4 << 20;
    /** Bytes a second: the transfer takes its time. */
    private static final String SLOWLY = "&maxbw=200000";
    /** More than waits in the sender while libsrt has {@link #LITTLE_ROOM}, and enough for ten seconds after that. */
    private static final long LONG_BYTES = 16 << 20;

    private static final String LITTLE_ROOM = "&maxbw=1000000&sndbuf=93184";
    /** Milliseconds of silence after which a peer counts as dead. */
    private static final String SOON = "&peeridletimeo=1500";

    private static final String AT = " broke at [0-9,]+ bytes ";

    @TempDir
    Path folder;

    private Path film;
    private Path into;

    @BeforeEach
    void makeFiles() throws Exception {
        film = FilePrograms.write(Files.createDirectory(folder.resolve("from")).resolve("film"), BYTES);
        into = Files.createDirectory(folder.resolve("into"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "KILL"})
    void noFileIsLeft_whenASignalStopsThePlainSender(String signal) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port) + SOON, into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", film.toString(), caller(port) + SLOWLY)) {
                awaitBytes(false);
                sender.signal(signal);
                assertBroken(
                        receiver,
                        "film from 127\\.0\\.0\\.1:[0-9]+" + AT
                                + "\\(the received part is deleted; with --resume, send and get keep it\\): "
                                + "the connection broke");
            }
        }
        assertThat(into).isEmptyDirectory();
    }

    @Test
    void noFileIsLeft_whenTheFileOfThePlainSenderBecomesShorter() throws Exception {
        FilePrograms.write(film, LONG_BYTES);
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port) + SOON, into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", film.toString(), caller(port) + LITTLE_ROOM)) {
                awaitBytes(false);
                Files.write(film, new byte[0]);
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender))
                        .contains("film became shorter while it was sent")
                        .hasLineCount(1);
                assertBroken(receiver, "film from .*" + AT);
            }
        }
        assertThat(into).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void aReceiverSaysWhatItHasKept(String signal) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port) + SOON, into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", "--resume", film.toString(), caller(port) + SLOWLY)) {
                awaitBytes(true);
                sender.signal(signal);
                assertBroken(receiver, kept("film"));
            }
        }
        assertThat(into.resolve(".film.srt-netty-part")).isNotEmptyFile();
        assertThat(into.resolve("film")).doesNotExist();
    }

    @Test
    void aSenderSaysHowToResume_whenItsReceiverLeaves() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port) + SOON, into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", "--resume", film.toString(), caller(port) + SLOWLY)) {
                awaitBytes(true);
                receiver.signal("TERM");

                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender))
                        .matches("srt-netty: 127\\.0\\.0\\.1:[0-9]+ closed the connection before it"
                                + " had received everything; when it listens again, repeat this command to resume\\R");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--resume"})
    void aClientSaysWhatItHasKept(String option) throws Exception {
        int port = Peer.freePort();
        Path copy = into.resolve("film");
        try (Peer server = Cli.start("file", "serve", film.getParent().toString(), listener(port) + SLOWLY)) {
            Peer.awaitBound(port);
            String resume = option.isEmpty() ? "--timeout=300" : option;
            try (Peer client = Cli.start("file", "get", resume, caller(port) + SOON, "film", copy.toString())) {
                awaitBytes(!option.isEmpty());
                server.signal("KILL");
                assertBroken(client, option.isEmpty() ? copy + " from .*" + AT : kept(copy.toString()));
            }
        }
        assertThat(copy).doesNotExist();
        assertThat(into.resolve(".film.srt-netty-part").toFile().exists()).isEqualTo(!option.isEmpty());
    }

    private static String kept(String name) {
        return name + " from 127\\.0\\.0\\.1:[0-9]+" + AT
                + "\\(kept as \\.film\\.srt-netty-part; with --resume, send and get continue it\\): ";
    }

    private void awaitBytes(boolean kept) {
        Await.until("bytes in the partial file", WAIT, () -> {
            for (var file : into.toFile().listFiles()) {
                if (file.length() > 0) {
                    return true;
                }
            }
            return false;
        });
        assertThat(into.resolve(".film.srt-netty-part").toFile().exists()).isEqualTo(kept);
    }

    private static void assertBroken(Peer receiver, String pattern) throws Exception {
        assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isEqualTo(1);
        assertThat(Cli.errors(receiver))
                .containsPattern("^srt-netty: " + pattern)
                .hasLineCount(1);
        assertThat(receiver.output()).isEmpty();
    }
}
