// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input ends the program with its exit code and one line that says what is wrong, and nothing hangs. */
@Tag("slow")
class UsageTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final long SEED = 6;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    receive no-address                           | must start with srt://
                    receive srt://127.0.0.1:99999                | port 99999 is not between 0 and 65535
                    receive srt://127.0.0.1:4201?latency=-5      | latency
                    receive srt://127.0.0.1:4201?lateness=5      | lateness
                    receive srt://:4201 --stats -1               | must be a time in whole seconds, for example 90, 90s
                    receive srt://:4201 --stats 5x               | --stats 5x: must be a time
                    receive srt://:4201?mode=both                | mode=both: must be caller
                    receive srt://:4201?passphrase=short         | must be empty or 10 to 80 bytes
                    receive srt://:4201 --frob                   | --frob
                    send                                         | FILE|-, URI are missing
                    send in.ts srt://h:1?latancy=200             | unknown key "latancy"; did you mean latency?
                    send in.ts srt://h:1 --bitrate 5X            | --bitrate 5X: must be a number of bits per second
                    send in.ts srt://h:1 --bitrat 5M             | unknown option --bitrat; did you mean --bitrate?
                    send in.ts srt://h:1 --bitrat=secret         | unknown option --bitrat; did you mean --bitrate? (
                    send in.ts srt://127.0.0.1:4201 --bitrate 0  | --bitrate 0
                    demo --seconds 0                             | --seconds 0
                    demo now                                     | now
                    transmit -                                   | OUT
                    transmit http://x:1 -                        | http://x:1: must start with
                    transmit udp://:1234?frob=1 -                | frob
                    transmit udp://:1234?adaptr=::1 -            | unknown key "adaptr"; did you mean adapter?
                    transmit - b.ts --chunk 1k                   | --chunk 1k: must be a whole number
                    transmit - - -                               | standard output cannot be two
                    transmit - file://                           | names no file
                    transmit - file:///%zz                       | %zz
                    transmit a.ts b.ts b.ts                      | b.ts: is named twice
                    transmit a.ts - --stats-format xml           | --stats-format xml: must be table, csv or json (
                    transmit a.ts - --stats-format tabel         | did you mean table?
                    scte35                                       | URI
                    scte35 in.ts --format yaml                   | yaml
                    scte35 decode                                | is missing (see srt-netty scte35 decode --help)
                    scte35 in.ts --pid 8192                      | 8192 is not between
                    scte35 in.ts --pid x                         | x is not a PID
                    scte35 inject in.ts o.ts --at 47722          | --at 47722: must be at most 47721 s
                    scte35 inject in.ts o.ts --in 99999999       | --in 99999999: must be at most 47721 s
                    scte35 inject in.ts o.ts --break 95444       | --break 95444: must be at most 95443 s
                    scte35 inject in.ts o.ts --pid 8191          | --pid 8191: must be between 16 and 8190
                    scte35 inject in.ts o.ts --pid 0             | --pid 0: must be between 16 and 8190
                    ts in.ts --bitrate 0                         | --bitrate 0: must be more than 0
                    ts in.ts --pid-timeout 0                     | --pid-timeout 0: must be 1 or more
                    relay                                        | --listen
                    relay --listen http://x                      | must start with srt://
                    relay --listen srt://:8890 --http x          | --http x: must be host:port
                    relay --listen srt://:8890 --http 127.0.0.1:99999 | :99999: port 99999 is not between
                    relay --listen srt://127.0.0.1:8890          | a relay only listens
                    relay --lisen srt://:8890                    | unknown option --lisen; did you mean --listen?
                    relay srt://:8890                            | --listen URI is missing
                    relay --listen srt://:8890 --cluster-bind x  | --cluster-bind x: must be HOST:PORT
                    relay --listen srt://:8890 --cluster-join :7800 | --cluster-join :7800: :7800: must be HOST:PORT
                    relay --listen srt://:8890 --cluster-node a/b | --cluster-node a/b: must have 1 to 64 letters
                    relay --listen srt://:8890 --clutser x       | did you mean --cluster
                    scte35 in.ts x                               | one argument too many: x; the commands are decode
                    help fil                                     | there is no command fil; did you mean file?
                    help file snd                                | there is no command snd; did you mean send?
                    file snd                                     | there is no command snd; did you mean send?
                    file receive srt://:4201 x --timeout 0       | --timeout 0: must be 1 or more
                    file receive srt://:4201 x --max-size 99999999999T | is not between 0 and 9223372036854775807 bytes
                    file receive srt://:4201 x --max-size 5X     | --max-size 5X: must be a number of bytes
                    file receive srt://:4201 x --timeout 1.5s    | --timeout 1.5s: must be a time in whole seconds
                    file serve . srt://127.0.0.1:4201            | a server listens
                    file send pom.xml srt://h:4201?transtype=live | a file must arrive whole: leave it out
                    file receive srt://:4201?transtype=live x    | a file must arrive whole: leave it out
                    file serve . srt://:4201?transtype=live      | a file must arrive whole: leave it out
                    file get srt://h:4201?transtype=live x       | a file must arrive whole: leave it out
                    file get srt://127.0.0.1:4201                | NAME
                    relay --listen srt://:4201?transtype=file    | a relay carries live streams; leave out
                    relay --listen srt://:4201 --http http://127.0.0.1:80 | must be host:port, or off
                    message listen srt://:4201?transtype=file    | add messageapi=1 to the address
                    message send srt://h:4201?transtype=file     | add messageapi=1 to the address
                    message listen srt://127.0.0.1:4201          | it listens
                    message send udp://127.0.0.1:1               | must start with srt://
                    """)
    void saysWhatIsWrong_andHowTheCommandIsUsed(String arguments, String words) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream standardError = System.err;
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(SrtNetty.execute(arguments.split(" "))).isEqualTo(2);
        } finally {
            System.setErr(standardError);
        }
        String[] lines = printed.toString(StandardCharsets.UTF_8).split("\n", 2);
        assertThat(lines[0]).startsWith("srt-netty: ").contains(words);
        String command = arguments.split(" ")[0];
        assertThat(lines[1]).startsWith("Usage: srt-netty " + (command.equals("help") ? "" : command));
    }

    /** Without a command there is nothing to say but which there are. */
    @ParameterizedTest
    @CsvSource({"'', receive", "file, serve", "message, listen"})
    void listsTheCommands_whenThereIsNone(String arguments, String command) throws Exception {
        try (Peer program = Cli.start(arguments.isEmpty() ? new String[0] : new String[] {arguments})) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors())
                    .startsWith("srt-netty: a command is missing\nUsage: srt-netty ")
                    .containsPattern("\nCommands:\n(.*\n)* +" + command + " +[A-Z]");
            assertThat(program.output()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "send", "file", "file send", "message listen", "scte35 decode", "relay"})
    void helpPrintsWhatTheOptionPrints(String command) throws Exception {
        String help = output(("help " + command).strip().split(" "));
        assertThat(help).isEqualTo(output((command + " --help").strip().split(" ")));
        assertThat(help).startsWith(("Usage: srt-netty " + command).strip() + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "receive",
                "transmit",
                "scte35",
                "ts",
                "relay",
                "file",
                "file send",
                "file receive",
                "file serve",
                "file get",
                "message",
                "message send",
                "message listen"
            })
    void helpSaysWhatAnAddressIs(String command) throws Exception {
        assertThat(output(("help " + command).split(" "))).contains("srt://HOST:PORT (caller)", "passphrase=file:PATH");
    }

    private static String output(String... arguments) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream standardOutput = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(SrtNetty.execute(arguments)).isZero();
        } finally {
            System.setOut(standardOutput);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatThereIsNoSuchCommand() throws Exception {
        try (Peer program = Cli.start("frobnicate")) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors())
                    .startsWith("srt-netty: there is no command frobnicate (see srt-netty --help)")
                    .contains("\nUsage: srt-netty [-hvV] COMMAND");
            assertThat(program.output()).isEmpty();
        }
    }

    /** The folder has a folder, a file of noise, an empty one, and one with less than a packet. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    receive srt://no.such.host.invalid:4201         | unknown host no.such.host.invalid
                    receive srt://127.0.0.1:0?mode=listener -o no/such/folder.ts \
                    | cannot write no/such/folder.ts: no such file or folder
                    receive srt://127.0.0.1:0?mode=listener -o DIR/folder | cannot write DIR/folder: Is a directory
                    receive srt://127.0.0.1:4201?mode=listener&packetfilter=nonsense | SRTO_PACKETFILTER=nonsense
                    send no-such-file.ts srt://127.0.0.1:4201       | no-such-file.ts: no such file
                    send DIR/folder srt://127.0.0.1:4201            | folder: is a folder, not a file
                    send DIR/empty srt://127.0.0.1:4201             | empty: is empty, there is nothing to send
                    transmit no-such-file.ts -                      | no-such-file.ts: no such file
                    transmit DIR/folder -                           | folder: is a folder, not a file
                    transmit DIR/noise DIR/folder                   | cannot write DIR/folder: Is a directory
                    transmit DIR/noise DIR/no/such                  | cannot write DIR/no/such: no such file or folder
                    transmit DIR/noise /dev/full                    | cannot write /dev/full: No space left
                    transmit DIR/noise DIR/x --stats-output DIR/folder | DIR/folder: Is a directory
                    transmit DIR/noise srt://no.such.host.invalid:1 --once | unknown host no.such.host.invalid
                    transmit DIR/noise udp://no.such.host.invalid:1 | unknown host no.such.host.invalid
                    transmit DIR/noise udp://127.0.0.1:9?ttl=3      | leave out ttl: Java can set it
                    transmit udp://239.255.7.9:5000?adapter=203.0.113.7 - \
                    | no network interface has the address 203.0.113.7
                    scte35 no-such-file.ts                          | no-such-file.ts: no such file
                    scte35 DIR/folder                               | folder: is a folder, not a file
                    scte35 DIR/noise                                | noise: not an MPEG transport stream
                    scte35 DIR/empty                                | empty: not an MPEG transport stream
                    scte35 DIR/short                                | short: not an MPEG transport stream
                    scte35 encode {}                                | no cue: command
                    scte35 encode { \
                    | no cue: JSON: expected JSON, actual Unexpected end-of-input
                    file send no-such-file srt://127.0.0.1:4201     | no-such-file: no such file
                    relay --listen srt://127.0.0.1:0?mode=listener --http no.such.host.invalid:1 \
                    | unknown host no.such.host.invalid
                    relay --listen srt://127.0.0.1:0?mode=listener --http 203.0.113.7:8080 \
                    | cannot listen on http 203.0.113.7:8080: Cannot assign
                    relay --listen srt://:0 --http off              \
                    | cannot listen on 0.0.0.0:0: anybody could publish any stream; set publishToken, \
                    listen on 127.0.0.1, or allow it with "open": true or --open
                    relay --listen srt://127.0.0.1:0?mode=listener --config DIR/folder \
                    | folder: is a folder, not a file
                    relay --listen srt://127.0.0.1:0?mode=listener --config no-such-file   | no-such-file: no such file
                    relay --listen srt://127.0.0.1:0?mode=listener --config DIR/noise      | noise:1: Invalid UTF-8
                    """)
    void saysInOneLineWhatFailed(String arguments, String words) throws Exception {
        Files.createDirectory(folder.resolve("folder"));
        Files.write(folder.resolve("noise"), noise());
        Files.write(folder.resolve("empty"), new byte[0]);
        Files.write(folder.resolve("short"), Arrays.copyOf(Material.oneSecond().get(0), 100));
        try (Peer program =
                Cli.start(arguments.replace("DIR", folder.toString()).split(" "))) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors())
                    .startsWith("srt-netty: ")
                    .contains(words.replace("DIR", folder.toString()))
                    .doesNotContain("REDACTED")
                    .hasLineCount(1);
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void leavesAFileAsItIs_thatIsInputAndOutput() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), noise());
        Path link = Files.createSymbolicLink(folder.resolve("link.ts"), file);
        try (Peer program = Cli.start("transmit", file.toString(), link.toString())) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).contains("link.ts: is named twice");
        }
        assertThat(file).hasBinaryContent(noise());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receive URI",
                "send - URI",
                "transmit URI -",
                "transmit - URI",
                "transmit udp://127.0.0.1:PORT -",
                "scte35 URI",
                "relay --http off --listen URI"
            })
    void saysThatThePortIsInUse(String arguments) throws Exception {
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            String port = "" + taken.getLocalPort();
            String command = arguments.replace("URI", "srt://127.0.0.1:PORT?mode=listener");
            try (Peer program = Cli.start(command.replace("PORT", port).split(" "))) {
                assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                assertThat(program.errors())
                        .startsWith("srt-netty: cannot listen on ")
                        .contains("127.0.0.1:" + port + ": ", "Address already in use")
                        .hasLineCount(1);
            }
        }
    }

    @Test
    void readsNoArgumentsFromAFile_thatAnArgumentNames() throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--version");
        try (Peer program = Cli.start("@" + file)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(2);
            assertThat(program.errors()).contains("@" + file);
            assertThat(program.output()).isEmpty();
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        int port = Peer.freePort();
        try (Peer program = Cli.start("receive", "srt://127.0.0.1:" + port)) {
            assertThat(program.awaitExit(WAIT)).isEqualTo(1);
            assertThat(program.errors())
                    .startsWith("srt-netty: cannot connect to 127.0.0.1:" + port + ": ")
                    .hasLineCount(1);
        }
    }

    @Test
    void tellsItsVersionAndThatOfLibsrt() throws Exception {
        try (Peer program = Cli.start("--version")) {
            assertThat(program.awaitExit(WAIT)).isZero();
            assertThat(new String(program.output())).contains("srt-netty 0.").contains("libsrt 1.5.");
        }
    }

    private static byte[] noise() {
        byte[] bytes = new byte[10_000];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }
}
