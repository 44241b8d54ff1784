// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines as messages, with programs in C and between ours. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class MessageTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String THEIR_TEXT = "This message should be sent to the other side";

    /** One of the last ten of 500 lines. */
    private static final Pattern LAST = Pattern.compile("\\tline (49[1-9]|500)\\n");

    private static final List<String> ASCII = List.of("-Dstdout.encoding=US-ASCII", "-Dsun.stdout.encoding=US-ASCII");

    @TempDir
    Path folder;

    @Test
    void printsWhatTheClientInCSends_withNumbers() throws Exception {
        Path client = CPeer.hasExamples() ? CPeer.compileExample("test-c-client.c", folder) : CPeer.compile(folder);
        int port = Peer.freePort();
        try (Peer listener = Cli.start("message", "listen", listener(port), "--once")) {
            Peer.awaitBound(port);
            String[] command = CPeer.hasExamples()
                    ? new String[] {client.toString(), "127.0.0.1", "" + port}
                    : new String[] {client.toString(), "client", "" + port, "100"};
            try (Peer sender = Peer.start(command)) {
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            String[] lines = text(listener).split("\n"); // their client closes before the last are acknowledged
            assertThat(lines.length).isBetween(CPeer.hasExamples() ? 1 : 90, 100);
            for (int i = 0; i < lines.length; i++) {
                assertThat(lines[i]).isEqualTo(i + 1 + "\t" + THEIR_TEXT);
            }
        }
    }

    @Test
    void theServerInCPrintsWhatIsSent() throws Exception {
        Path server = CPeer.compile(folder);
        int port = Peer.freePort();
        try (Peer listener = Peer.start(server.toString(), "server", "" + port, "100")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port))) {
                feed(sender, lines(100));
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
                assertThat(sender.output()).isEmpty();
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(text(listener)).isEqualTo(lines(100));
        }
    }

    /**
     * It plays that much later than its latency, and prints nothing that it has not played when the connection ends.
     */
    @Test
    void theServerInCPrintsWhatIsSent_whenItWasBusyDuringTheHandshake() throws Exception {
        Path server = CPeer.compile(folder);
        int port = Peer.freePort();
        try (UdpProxy network = new UdpProxy(new InetSocketAddress("127.0.0.1", port), 1)
                        .delayingHandshakes(500)
                        .start();
                Peer listener = Peer.start(server.toString(), "server", "" + port, "100")) {
            Peer.awaitBound(port);
            try (Peer sender =
                    Cli.start("message", "send", caller(network.address().getPort()))) {
                feed(sender, lines(100));
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(text(listener)).isEqualTo(lines(100));
        }
    }

    @Test
    void listenReportsHowManyMessagesDidNotArriveInTime() throws Exception {
        int port = Peer.freePort();
        try (UdpProxy network = new UdpProxy(new InetSocketAddress("127.0.0.1", port), 1)
                        .losingMultiplesOf(10)
                        .start();
                Peer listener =
                        Cli.start("message", "listen", "srt://127.0.0.1:" + port + "?mode=listener", "--once")) {
            Peer.awaitBound(port);
            try (Peer sender =
                    Cli.start("message", "send", caller(network.address().getPort()))) {
                sender.input().write(lines(500).getBytes(StandardCharsets.UTF_8));
                sender.input().flush();
                // when the sender has left, what is behind a gap does not arrive
                Await.until(
                        "one of the last",
                        WAIT,
                        () -> LAST.matcher(text(listener)).find());
                sender.input().close();
                sender.awaitExit(WAIT);
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            List<String> printed = text(listener).lines().toList();
            int sent = Integer.parseInt(printed.get(printed.size() - 1).split("\t")[0]);
            assertThat(printed).hasSizeLessThan(sent);
            assertThat(listener.errors())
                    .containsPattern("srt-netty: 127\\.0\\.0\\.1:[0-9]+: " + (sent - printed.size()) + " of " + sent
                            + " messages did not arrive in time\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"first, tooLong, last", "first, last, tooLong"})
    void aLineThatIsTooLongFailsSend_andTheOthersArrive(String one, String two, String three) throws Exception {
        String input = (one + '\n' + two + '\n' + three + '\n').replace("tooLong", "x".repeat(1317));
        int port = Peer.freePort();
        try (Peer listener = Cli.start("message", "listen", listener(port), "--once")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port))) {
                feed(sender, input);
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(sender.errors())
                        .startsWith("srt-netty: a line was not sent: ")
                        .contains("1317")
                        .hasLineCount(1);
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(text(listener)).isEqualTo("1\tfirst\n2\tlast\n");
        }
    }

    @Test
    void messagesGoBothWays_longOnesInFileMode() throws Exception {
        String long1 = "ä".repeat(5000);
        int port = Peer.freePort();
        String options = "transtype=file&messageapi=1";
        try (Peer listener = Cli.start(
                ASCII, "message", "listen", "srt://127.0.0.1:" + port + "?mode=listener&" + options, "--once")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port) + '&' + options, "--replies", "2")) {
                feed(sender, long1 + "\nsecond\n");
                Await.until("both at the listener", WAIT, () -> text(listener).endsWith("2\tsecond\n"));
                feed(listener, "answer 1\nanswer 2\n");

                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
                assertThat(text(sender)).isEqualTo("1\tanswer 1\n2\tanswer 2\n");
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(text(listener)).isEqualTo("1\t" + long1 + "\n2\tsecond\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''    | 1\\ta\\u001b[2Jb\\\\c
                    --raw | 1\\ta\u001b[2Jb\\c
                    """)
    void controlCharactersOfAPeerAreEscaped_unlessTheyAreWanted(String option, String printed) throws Exception {
        int port = Peer.freePort();
        String address = listener(port);
        List<String> command = new ArrayList<>(List.of("message", "listen", address, "--once"));
        if (!option.isEmpty()) {
            command.add(option);
        }
        try (Peer listener = Cli.start(command.toArray(String[]::new))) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port))) {
                feed(sender, "a\033[2Jb\\c\n");
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(text(listener)).isEqualTo(printed.replace("\\t", "\t") + '\n');
        }
    }

    /** More than its send buffer holds, at a rate at which the rest is too late. */
    @Test
    void linesThatLibsrtDropsFailSend() throws Exception {
        int port = Peer.freePort();
        try (Peer listener = Cli.start("message", "listen", "srt://127.0.0.1:" + port + "?mode=listener", "--once")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port) + "&maxbw=100000")) {
                feed(sender, lines(12_000));
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(sender.errors())
                        .matches("srt-netty: 127.0.0.1:" + port
                                + ": \\d+ messages were too late for its latency and were dropped\n");
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
        }
    }

    @Test
    void rawMeansBytes_whateverTheyAre() throws Exception {
        byte[] line = {'a', (byte) 0xFF, (byte) 0xC3, '(', 27, (byte) 0x80, '\r', 'b', '\n'};
        int port = Peer.freePort();
        String address = listener(port);
        try (Peer listener = Cli.start("message", "listen", address, "--once", "--raw")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("message", "send", caller(port))) {
                sender.input().write(line);
                sender.input().close();
                assertThat(sender.awaitExit(WAIT)).as(sender.errors()).isZero();
            }
            assertThat(listener.awaitExit(WAIT)).as(listener.errors()).isZero();
            assertThat(listener.output()).startsWith('1', '\t').endsWith(line).hasSize(line.length + 2);
        }
    }

    @Test
    void aStandardInputThatCannotBeReadIsNamed() throws Exception {
        int port = Peer.freePort();
        List<String> command = new ArrayList<>(List.of("bash", "-c", "exec \"$@\" < .", "bash"));
        command.addAll(Cli.command(List.of(), "message", "send", caller(port)));
        try (Peer listener = Cli.start("message", "listen", listener(port))) {
            Peer.awaitBound(port);
            try (Peer sender = Peer.start(command)) { // it leaves at once, perhaps before the listener accepts it
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(sender.errors()).isEqualTo("srt-netty: cannot read standard input: Is a directory\n");
            }
        }
    }

    /** Its caller drops nothing either: what comes late on a busy machine comes all the same. */
    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0";
    }

    private static String caller(int port) {
        return "srt://127.0.0.1:" + port + "?conntimeo=20000";
    }

    private static void feed(Peer program, String text) throws IOException {
        program.input().write(text.getBytes(StandardCharsets.UTF_8));
        program.input().close();
    }

    private static String lines(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
