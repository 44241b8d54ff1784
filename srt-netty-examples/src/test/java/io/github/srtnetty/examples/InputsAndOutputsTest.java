// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipes, devices and descriptors as a shell hands them over, and files that must not be harmed. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class InputsAndOutputsTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String OLD = "an old recording";

    @TempDir
    Path folder;

    private Path in;
    private Path old;

    @BeforeEach
    void makeFiles() throws IOException {
        in = Files.write(folder.resolve("in.ts"), Material.joined(Material.oneSecond()));
        old = Files.writeString(folder.resolve("old.ts"), OLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat IN > DIR/pipe & exec \"$@\" DIR/pipe OUT",
                "exec \"$@\" <(cat IN) OUT",
                "exec \"$@\" /dev/stdin OUT < IN",
                "cat IN | \"$@\" /dev/fd/0 OUT",
                "exec \"$@\" /dev/fd/7 OUT 7< IN",
                "exec \"$@\" IN /dev/stdout > OUT",
                "exec \"$@\" IN /dev/fd/7 7> OUT",
                "exec \"$@\" IN DIR/link > OUT"
            })
    void transmitsWhateverAShellHandsOver(String script) throws Exception {
        Path out = folder.resolve("out.ts");
        assertThat(new ProcessBuilder("mkfifo", folder + "/pipe").start().waitFor())
                .isZero();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/stdout"));
        try (Peer program = shell(script, "transmit", "--full-speed")) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
        }
        assertThat(out).hasSameBinaryContentAs(in);
    }

    @Test
    void sendsAndSearchesAPipe() throws Exception {
        Recorder received = new Recorder();
        try (Loopback loopback = new Loopback()) {
            loopback.listen(
                    channel -> channel.pipeline().addLast(received),
                    bootstrap -> bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false));
            String uri = "srt://127.0.0.1:" + loopback.address().getPort() + "?tlpktdrop=0&conntimeo=20000";
            try (Peer program = shell("exec \"$@\" <(cat IN) '" + uri + "'", "send")) {
                assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            }
            received.awaitEvent("inactive");
            assertThat(Material.joined(received.messages())).isEqualTo(Files.readAllBytes(in));
        }
        try (Peer program = shell("exec \"$@\" <(cat IN)", "scte35", "--format", "text")) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            transmit DIR/missing.ts OLD                        | missing.ts: no such file
            transmit srt://no.such.host.invalid:1 OLD --once   | unknown host
            receive srt://no.such.host.invalid:1 -o OLD        | unknown host
            transmit /dev/null OLD                             | /dev/null: is empty, there is nothing to send
            scte35 DIR/missing.ts --sidecar OLD                | missing.ts: no such file
            transmit DIR/missing.ts srt://127.0.0.1:9 --stats 1 --stats-output OLD | missing.ts: no such file
            """)
    void leavesAnOldFileWhole_whenItFailsBeforeTheFirstByte(String arguments, String words) throws Exception {
        try (Peer program = Cli.start(filled(arguments).split(" "))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).contains(words).hasLineCount(1);
        }
        assertThat(old).hasContent(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exec "$@" transmit OLD srt://127.0.0.1:9 --stats 1 --stats-output DIR/hard | hard: is named twice, also as
            exec "$@" transmit OLD DIR/hard              | hard: is named twice, also as
            exec "$@" transmit OLD - >> OLD              | standard output: is named twice, also as
            exec "$@" transmit OLD /dev/stdout >> OLD    | standard output: is named twice, also as
            exec "$@" transmit - OLD < OLD               | old.ts: is named twice, also as standard input
            exec "$@" scte35 OLD --sidecar DIR/hard      | hard: is named twice, also as
            exec "$@" scte35 OLD >> OLD                  | standard output: is named twice, also as
            """)
    void writesNoFileThatItReads(String script, String words) throws Exception {
        Files.createLink(folder.resolve("hard"), old);
        try (Peer program = shell(script)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).startsWith("srt-netty: ").contains(words);
        }
        assertThat(old).hasContent(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exec "$@" transmit IN DIR/out.ts/                      | out.ts/: names a folder because it ends with /
            exec "$@" transmit IN file://DIR/out.ts/               | out.ts/: names a folder because it ends with /
            exec "$@" transmit OLD/ DIR/out.ts                     | old.ts/: names a folder because it ends with /
            exec "$@" transmit IN srt://127.0.0.1:9 --stats 1 --stats-output DIR/out.ts/ | out.ts/: names a folder
            exec "$@" receive srt://127.0.0.1:0?mode=listener -o DIR/out.ts/ | out.ts/: names a folder
            exec "$@" send OLD/ srt://127.0.0.1:9                  | old.ts/: names a folder
            exec "$@" scte35 IN --sidecar DIR/out.ts/              | out.ts/: names a folder
            exec "$@" file send OLD/ srt://127.0.0.1:9             | old.ts/: names a folder
            exec "$@" file receive srt://127.0.0.1:9 DIR/out.ts/   | out.ts/: there is no such folder
            exec "$@" file get srt://127.0.0.1:9 x DIR/out.ts/     | out.ts/: there is no such folder
            exec "$@" file get srt://127.0.0.1:9 x OLD/            | old.ts/: there is no such folder
            exec "$@" relay --listen srt://127.0.0.1:0?mode=listener --config OLD/ | old.ts/: names a folder
            """)
    void aSlashAtTheEndIsThatOfAFolder(String script, String words) throws Exception {
        try (Peer program = shell(script)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).startsWith("srt-netty: ").contains(words);
        }
        assertThat(folder.resolve("out.ts")).doesNotExist();
        assertThat(old).hasContent(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            exec "$@" transmit IN /proc/self/fd/0 < OLD       # is standard input, which is only read, not written
            exec "$@" transmit IN /dev/stdin < OLD            # is standard input, which is only read, not written
            exec "$@" receive srt://127.0.0.1:0?mode=listener -o /dev/fd/0 < OLD # is standard input, which is only read
            exec "$@" scte35 IN --sidecar /dev/fd/7 7< OLD    # is a descriptor, which is only read, not written
            exec "$@" transmit IN /dev/fd/7 7< OLD            # is a descriptor, which is only read, not written
            exec "$@" transmit /dev/stdout OUT | cat         # is standard output, which is only written, not read
            exec "$@" transmit /dev/stderr OUT                # is standard error, which is only written, not read
            exec "$@" send /dev/fd/1 srt://127.0.0.1:9 | cat # is standard output, which is only written, not read
            exec "$@" transmit /dev/fd/7 OUT 7>> OLD          # is a descriptor, which is only written, not read
            """)
    void aDescriptorIsUsedInItsDirectionOnly(String script, String words) throws Exception {
        try (Peer program =
                shell("set -o pipefail; " + script.replace("exec ", script.contains("| cat") ? "" : "exec "))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).startsWith("srt-netty: /").contains(words);
        }
        assertThat(old).hasContent(OLD);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            receive srt://127.0.0.1:0?mode=listener -o /sys/x             | kernel (sysfs) accepts no new files
            receive srt://127.0.0.1:0?mode=listener -o /proc/x            | kernel (proc) accepts no new files
            receive srt://127.0.0.1:0?mode=listener -o DIR/none/x         | none/x: no such file or folder
            receive srt://127.0.0.1:0?mode=listener -o DIR/dangling       | dangling: no such file or folder
            file receive srt://127.0.0.1:0?mode=listener /proc/x          | kernel (proc) accepts no new files
            file receive srt://127.0.0.1:0?mode=listener /sys             | kernel (sysfs) accepts no new files
            transmit IN /proc/x                                           | kernel (proc) accepts no new files
            scte35 IN --sidecar DIR/none/x                                | none/x: no such file or folder
            """)
    void anOutputThatCannotBeCreatedFailsAtTheStart(String arguments, String words) throws Exception {
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("none/x"));
        try (Peer program = Cli.start(filled(arguments).split(" "))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).contains(words).hasLineCount(1);
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void writesNoFileThatAnotherProgramWrites() throws Exception {
        Path recording = folder.resolve("recording.ts");
        int port = Peer.freePort();
        try (Peer first = Cli.start("transmit", "udp://127.0.0.1:" + port, recording.toString(), "--timeout", "60")) {
            Peer.awaitBound(port);
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), port));
            }
            Await.until(
                    "a first datagram is written",
                    WAIT,
                    () -> recording.toFile().length() > 0);
            for (String second : List.of("transmit IN REC", "receive srt://127.0.0.1:0?mode=listener -o REC")) {
                String arguments = filled(second).replace("REC", recording.toString());
                try (Peer program = Cli.start(arguments.split(" "))) {
                    assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                    assertThat(program.errors())
                            .isEqualTo("srt-netty: cannot write " + recording + ": another program is writing it\n");
                }
            }
            try (Peer get = Cli.start("file", "get", "srt://127.0.0.1:9", "x", recording.toString())) {
                assertThat(get.awaitExit(WAIT)).isEqualTo(1);
                assertThat(get.errors()).isEqualTo("srt-netty: " + recording + ": another program is writing it\n");
            }
            assertThat(recording.toFile().length()).isLessThan(100);
        }
        try (Peer again = Cli.start("transmit", in.toString(), recording.toString(), "--full-speed")) {
            assertThat(again.awaitExit(WAIT)).as(again.errors()).isZero();
        }
        assertThat(recording).hasSameBinaryContentAs(in);
    }

    @ParameterizedTest
    @CsvSource({"<&-, standard input is closed", ">&-, standard output is closed", "2>&-, ''", "<&- >&- 2>&-, ''"})
    void failsInOneLine_whenAStandardStreamIsClosed(String redirection, String words) throws Exception {
        try (Peer program = shell("exec \"$@\" " + redirection, "transmit", in.toString(), "-")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).contains(words).hasLineCount(words.isEmpty() ? 0 : 1);
            assertThat(program.output()).isEmpty();
        }
    }

    /** As is one that lies outside of the root of a container. */
    @Test
    void aStandardStreamWhoseFileWasDeletedIsOpen() throws Exception {
        Path gone = folder.resolve("gone");
        String script = "exec 2>'" + gone + "' && rm '" + gone + "' && exec \"$@\"";
        try (Peer program = shell(script, "transmit", in.toString(), "-")) {
            assertThat(program.awaitExit(WAIT)).isZero();
            assertThat(program.output()).isEqualTo(Files.readAllBytes(in));
        }
    }

    @Test
    void aDescriptorOfTheJvmIsNoFile() throws Exception {
        for (int number = 3; number < 8; number++) {
            try (Peer program = Cli.start("transmit", in.toString(), "/dev/fd/" + number)) {
                assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                assertThat(program.errors())
                        .contains("/dev/fd/" + number + ": no such descriptor was open at the start")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void oneOutputsFailureIsItsOwn() throws Exception {
        Path out = folder.resolve("out.ts");
        try (Peer program = Cli.start(
                "transmit", in.toString(), "/dev/full", folder + "/none/x", folder.toString(), out.toString())) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors())
                    .containsOnlyOnce("cannot write /dev/full: No space left on device\n")
                    .containsOnlyOnce("cannot write " + folder + "/none/x: no such file or folder\n")
                    .containsOnlyOnce("cannot write " + folder + ": Is a directory\n");
        }
        assertThat(out).hasSameBinaryContentAs(in);
    }

    @ParameterizedTest
    @CsvSource({
        "udp://127.255.255.255:9, cannot send to udp 127.255.255.255:9: ",
        "udp://[::1]:9?adapter=127.0.0.1, cannot use udp [::1]:9: the adapter 127.0.0.1 has another IP version"
    })
    void datagramsThatCannotBeSentAreReportedOnce_andCounted(String address, String words) throws Exception {
        try (Peer program = Cli.start("transmit", in.toString(), address, "--full-speed")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors()).startsWith("srt-netty: " + words).hasLineCount(words.endsWith(":") ? 2 : 1);
            if (words.endsWith(":")) {
                assertThat(program.errors().lines().toList().get(1))
                        .matches("srt-netty: udp://127.255.255.255:9: \\d+ payloads could not be sent");
            }
        }
    }

    private String filled(String text) {
        return text.replace("IN", in.toString()).replace("OLD", old.toString()).replace("DIR", folder.toString());
    }

    /** Runs a script of bash, whose arguments are the command. */
    private Peer shell(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                filled(script).replace("OUT", folder.resolve("out.ts").toString()),
                "bash"));
        command.addAll(Cli.command(List.of(), arguments));
        return Peer.start(command);
    }
}
