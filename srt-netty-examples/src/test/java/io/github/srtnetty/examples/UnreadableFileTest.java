// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.awaitErrorLines;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.runFailing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are there and cannot be read: each program says which and why, in one line. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class UnreadableFileTest {
    /** Permissions do not bind root; without these capabilities, which no child gets back, they do. */
    private static final List<String> BOUND = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    /** A file of 4096 bytes that each Linux lets everyone open and nobody read: the loopback interface has no speed. */
    private static final Path SPEED = Path.of("/sys/class/net/lo/speed");

    private static final String FAULT = ": Invalid argument";

    private static final int GOOD_LINE_BYTES = 64 + "  good\n".length();

    @TempDir
    Path folder;

    private Path secret;
    private Path locked;

    @BeforeEach
    void makeFiles() throws IOException, InterruptedException {
        secret = Files.writeString(folder.resolve("secret"), "secret");
        locked = Files.createDirectory(folder.resolve("locked"));
        Files.writeString(locked.resolve("within"), "within");
        permit(secret, "---------");
        permit(locked, "---------");
        try (Peer probe = Peer.start(bound(List.of("cat", secret.toString())))) {
            boolean isLocked = probe.awaitExit(WAIT) == 1 && probe.errors().startsWith("cat: ");
            Needs.that(isLocked, "a file that cannot be read (as root: setpriv of util-linux): " + probe.errors());
        }
    }

    @AfterEach
    void unlock() throws IOException {
        permit(locked, "rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file send FILE URI",
                "file send --resume FILE URI",
                "transmit FILE URI",
                "scte35 FILE",
                "send FILE URI"
            })
    void saysWhichFileAndWhy(String program) throws Exception {
        String file = folder.resolve("f").toString();
        Files.writeString(Path.of(file), "");
        runFailing(start(program, secret.toString()), secret + ": permission denied\n");
        runFailing(start(program, locked + "/within"), locked + "/within: permission denied\n");
        runFailing(start(program, file + "/within"), file + "/within: Not a directory\n");
        runFailing(start(program, folder.toString()), "srt-netty: " + folder + ": is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transmit FILE URI", "scte35 FILE", "send FILE URI", "send --bitrate 1000000 FILE URI"})
    void saysWhichFileAndWhy_whenItOpensAndCannotBeRead(String program) throws Exception {
        requireSpeed();
        runFailing(start(program, SPEED.toString()), "srt-netty: cannot read " + SPEED + FAULT + '\n');
    }

    @Test
    void sendSaysWhichFileAndWhy_whenItCannotBeReadUnderWay() throws Exception {
        requireSpeed();
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), folder.toString())) {
            Peer.awaitBound(port);
            runFailing(
                    Cli.start("file", "send", "--resume", SPEED.toString(), caller(port)),
                    "srt-netty: cannot read " + SPEED + FAULT + '\n');
            runFailing(receiver, "speed");
        }
        assertThat(folder.resolve("speed")).doesNotExist();
    }

    @Test
    void serveTellsBothSides_andGoesOn() throws Exception {
        int port = Peer.freePort();
        Files.writeString(folder.resolve("good"), "good");
        Path copy = folder.resolve("copy");
        try (Peer server = startBound("file", "serve", folder.toString(), listener(port))) {
            Peer.awaitBound(port);
            for (String name : List.of("secret", "locked/within")) {
                runFailing(Cli.start("file", "get", caller(port), name, copy.toString()), "has no file " + name);
                runFailing(
                        Cli.start("file", "get", "--resume", caller(port), name, copy.toString()),
                        "refuses: " + name + ": permission denied");
            }
            FilePrograms.run(Cli.start("file", "get", caller(port), "good", copy.toString()));
            awaitErrorLines(server, 4);
            Path reported = server.outputFile();
            Await.until("it reports the good one", WAIT, () -> reported.toFile().length() >= GOOD_LINE_BYTES);
            assertThat(Cli.errors(server).lines())
                    .hasSize(4)
                    .allMatch(line -> line.startsWith("srt-netty: 127.0.0.1:"))
                    .allMatch(line -> line.matches(".*: refused: (secret|locked/within): permission denied"));
            assertThat(new String(server.output())).matches("[0-9a-f]{64}  good\n");
        }
        assertThat(copy).hasContent("good");
    }

    @Test
    void serveSaysWhichFileAndWhy_whenItCannotBeReadUnderWay() throws Exception {
        requireSpeed();
        int port = Peer.freePort();
        Path copy = folder.resolve("copy");
        try (Peer server = Cli.start("file", "serve", SPEED.getParent().toString(), listener(port))) {
            Peer.awaitBound(port);
            runFailing( // the answer may be lost with the connection, or arrive before its end
                    Cli.start("file", "get", caller(port), "speed", copy.toString()), " connection ");
            server.awaitErrors(": cannot read speed" + FAULT + '\n');
            assertThat(Cli.errors(server)).startsWith("srt-netty: 127.0.0.1:").hasLineCount(1);
            assertThat(server.output()).isEmpty();
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeEnteredIsNeitherServedNorFilled() throws Exception {
        String expected = "srt-netty: " + locked + ": permission denied\n";
        runFailing(startBound("file", "serve", locked.toString(), listener(Peer.freePort())), expected);
        runFailing(startBound("file", "receive", listener(Peer.freePort()), locked.toString()), expected);
    }

    private Peer start(String program, String file) throws IOException {
        String uri = caller(Peer.freePort()); // nobody listens: it must not come so far
        List<String> arguments = new ArrayList<>(List.of(program.split(" ")));
        arguments.replaceAll(word -> word.equals("FILE") ? file : word.equals("URI") ? uri : word);
        return startBound(arguments.toArray(String[]::new));
    }

    private Peer startBound(String... arguments) throws IOException {
        return Peer.start(bound(Cli.command(List.of(), arguments)));
    }

    /** Returns the command of a process that permissions bind, whatever user starts it. */
    private List<String> bound(List<String> command) {
        List<String> all = new ArrayList<>(Files.isReadable(secret) ? BOUND : List.of());
        all.addAll(command);
        return all;
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static void requireSpeed() {
        Needs.that(Files.exists(SPEED), "a file that opens and cannot be read: " + SPEED);
    }
}
