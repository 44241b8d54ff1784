// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.assertSame;
import static io.github.srtnetty.examples.FilePrograms.awaitErrorLines;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.run;
import static io.github.srtnetty.examples.FilePrograms.runFailing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names that must not be, files that cannot be, and peers that do not keep to the protocol: an error, and nothing is
 * left.
 */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
@TestInstance(Lifecycle.PER_CLASS)
class FileRefusalTest {
    /** Seconds: what fails for another reason has failed by then, also on a machine that stands for a moment. */
    private static final String TIMEOUT = "5";

    private static final String SILENT = "sent nothing for " + TIMEOUT + " s";
    private static final String LONG = "x".repeat(300);
    /** So little memory that nobody can afford a buffer of the size that a peer announces. */
    private static final List<String> POOR = List.of("-Xmx48m");

    private Path folder;
    private Path root;
    private Path target;
    private Path raw;

    @BeforeAll
    void makeFiles(@TempDir Path shared) throws IOException, InterruptedException {
        folder = shared;
        root = Files.createDirectory(folder.resolve("root"));
        target = Files.createDirectory(folder.resolve("target"));
        raw = CPeer.compileRaw(folder);
        FilePrograms.write(root.resolve("good"), 2000);
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(target.resolve("link"), folder.resolve("secret"));
    }

    @Test
    void servesNothingThatIsOutside_orNoFile() throws Exception {
        int port = Peer.freePort();
        Path nothing = Files.createDirectory(folder.resolve("nothing"));
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            for (String name : List.of("../secret", folder + "/secret", "link", "missing", "sub", LONG)) {
                runFailing(Cli.start("file", "get", caller(port), name, nothing + "/copy"), "has no file " + name);
            }
            runFailing(
                    Cli.start("file", "get", "--resume", caller(port), "../secret", nothing + "/copy"),
                    "refuses: ../secret: no such file or folder");
            run(raw("call", port, "", "00000000", "stay")); // an empty name
            run(raw("call", port, "", "03000000610062", "stay")); // a, the byte 0, b
            awaitErrorLines(server, 9);
            assertThat(Cli.errors(server))
                    .contains("../secret: no such file", "/secret: no such file", "link: no such file")
                    .contains("missing: no such file", "sub: is not a file", LONG + ": File name too long")
                    .contains("refused: : no such file", "a\\u0000b: no such file")
                    .hasLineCount(9);
        }
        assertThat(nothing).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ../f              | FORBIDDEN (1403): ../f
                    /f                | FORBIDDEN (1403): /f
                    .f                | FORBIDDEN (1403): .f
                    f.part            | FORBIDDEN (1403): f.part
                    '#!::r=../f,t=file' | FORBIDDEN (1403)
                    '#!::m=publish'   | BAD_REQUEST (1400): the stream id names no file
                    '#!::broken'      | BAD_REQUEST (1400): the stream id names no file
                    ''                | BAD_REQUEST (1400): the stream id names no file
                    """)
    void aSenderIsRejected_whoseNameMustNotBe_orThatHasNone(String name, String words) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), target.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = raw("call", port, name, "31", "leave")) {
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender)).startsWith("srt_connect: ");
            }
            receiver.awaitErrors(": rejected, " + words + "\n");
        }
        assertThat(target.toFile().list()).containsExactly("link");
    }

    /** In 1.5.1 it ends with 0 in any case; after an accept it would report that it has sent the file. */
    @Test
    @Tag("peers")
    void srtFileTransmitDoesNotConnect_withoutANameOfAFile() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), target.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = Peer.start("srt-file-transmit", "file://" + root + "/", caller(port))) {
                sender.awaitExit(WAIT);
                assertThat(sender.errors()).contains("Target disconnected").doesNotContain("Target connected");
            }
            receiver.awaitErrors(": rejected, BAD_REQUEST (1400): the stream id names no file\n");
        }
        assertThat(target.toFile().list()).containsExactly("link");
    }

    @Test
    void aSenderWithoutANameIsAccepted_whereTheReceiverNamesTheFile() throws Exception {
        int port = Peer.freePort();
        Path named = folder.resolve("named");
        try (Peer receiver = Cli.start("file", "receive", listener(port), named.toString())) {
            Peer.awaitBound(port);
            run(raw("call", port, "", "31", "leave"));
            run(receiver);
        }
        assertThat(named).hasContent("1");
    }

    @ParameterizedTest
    @CsvSource({"link, exists and is not a file", "no-such-folder/f, no such file or folder"})
    void aSenderIsClosed_whoseNameCannotBe(String name, String words) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), target.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = raw("call", port, name, "31", "stay")) {
                sender.awaitExit(WAIT);
            }
            receiver.awaitErrors(": " + name + ": " + words + "; still listening\n");
        }
        assertThat(target.toFile().list()).containsExactly("link");
        assertThat(folder.resolve("secret")).hasContent("secret");
    }

    @Test
    void sendSaysWhatIsNoFile_andThatItsNameIsForbidden() throws Exception {
        int port = Peer.freePort();
        runFailing(Cli.start("file", "send", root + "/sub", caller(port)), "sub: is not a file");
        try (Peer receiver = Cli.start("file", "receive", listener(port), target.toString())) {
            Peer.awaitBound(port);
            runFailing(Cli.start("file", "send", root + "/good", caller(port) + "&streamid=../f"), "FORBIDDEN (1403)");
            receiver.awaitErrors(": rejected, FORBIDDEN (1403): ../f\n");
        }
    }

    /** A large one takes longer to read than a server waits for the request. */
    @Test
    void getReadsWhatIsThereBeforeItConnects_andLeavesNothingWhenItCannot() throws Exception {
        Path into = Files.createDirectory(folder.resolve("nobody"));
        Path unreadable = Files.createDirectory(into.resolve(".f.srt-netty-part"));
        String nobody = "srt://127.0.0.1:" + Peer.freePort() + "?conntimeo=200";
        runFailing(
                Cli.start("file", "get", "--resume", nobody, "f", into.toString()),
                ".f.srt-netty-part: exists and is not a partial file");

        Files.delete(unreadable);
        runFailing(Cli.start("file", "get", "--resume", nobody, "f", into.toString()), "cannot connect to ");
        assertThat(into).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FEFFFFFFFFFFFFFF           |          | leave | has no file f
                    FFFFFFFFFFFFFF7F3132       |          | leave | after 2 of 9223372036854775807
                    FFFFFF                     |          | leave | closed the connection before its answer was complete
                    ''                         |          | leave | without an answer; the server must be 'file serve'
                    ''                         | --resume | leave | without an answer; --resume needs srt-netty
                    47400011AA                 | --resume | leave | not use this protocol; --resume needs srt-netty
                    0100021B5B                 | --resume | leave | refuses: \\u001b[
                    000000FFFFFFFFFFFFFFFB     | --resume | leave | announces -5 bytes
                    00FFFF31                   | --resume | leave | closed the connection before its message
                    0000007FFFFFFFFFFFFFFF31   | --resume | leave | after 1 of 9223372036854775807
                    000000000000000000000031FF | --resume | leave | closed the connection before its message
                    """)
    void getEndsWithWords_whateverTheServerSends(String hex, String option, String end, String words) throws Exception {
        int port = Peer.freePort();
        Path copy = Files.createTempDirectory(folder, "get").resolve("f");
        try (Peer server = raw("listen", port, null, hex, end)) {
            Peer.awaitBound(port);
            String resume = option == null ? "--timeout=" + TIMEOUT : option;
            runFailing(Cli.start(POOR, "file", "get", resume, caller(port), "f", copy.toString()), words);
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void sendReportsThatItWaits_andThatThePeerMustBeSrtNetty_whenTheReceiverDoesNotAnswer() throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = raw("listen", port, null, "", "stay")) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", "--resume", "--timeout=11", root + "/good", caller(port))) {
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(Cli.errors(sender)).isEqualTo("""
                        srt-netty: still waiting for an answer from 127.0.0.1:%1$d; %2$s
                        srt-netty: 127.0.0.1:%1$d sent nothing for 11 s; %2$s
                        """.formatted(port, "--resume needs srt-netty on both sides"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    534E46315000016 67FFFFFFFFFFFFFFF3132  | leave-answered | after 2 of 9223372036854775807
                    534E4631500004 1BC29B67 00000000000002 0031 | leave-answered \
                    | (kept as .\\u001b\\u009bg.srt-netty-part;
                    """)
    void receiveEndsWithWords_whenTheSenderDoesNotSendItAll(String hex, String end, String words) throws Exception {
        int port = Peer.freePort();
        Path into = Files.createTempDirectory(folder, "put");
        try (Peer receiver =
                Cli.start(POOR, "file", "receive", "--timeout", TIMEOUT, listener(port), into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = raw("call", port, "#!::t=file,m=publish", hex.replace(" ", ""), end)) {
                runFailing(receiver, words);
                sender.awaitExit(WAIT);
            }
        }
        assertThat(into.resolve("f")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    534E463150000166FFFFFFFFFFFFFFFF       | stay  | refused: a file of -1 bytes
                    534E46315000042E2E2F660000000000000000 | stay  | refused: ../f: is outside the folder
                    534E463147                             | stay  | refused: this side only receives files
                    474554202F                             | leave | does not use this protocol
                    ''                                     | stay  | sent nothing for 5 s
                    """)
    void receiveGoesOn_whateverACallerAsksFor(String hex, String end, String words) throws Exception {
        int port = Peer.freePort();
        Path into = Files.createTempDirectory(folder, "asked");
        try (Peer receiver =
                Cli.start(POOR, "file", "receive", "--timeout", TIMEOUT, listener(port), into.toString())) {
            Peer.awaitBound(port);
            try (Peer sender = raw("call", port, "#!::t=file,m=publish", hex, end)) {
                receiver.awaitErrors(words + "; still listening\n");
                sender.awaitExit(WAIT);
            }
        }
        assertThat(into).isEmptyDirectory();
    }

    @Test
    void aFileWithAnotherSha256DoesNotGetItsName() throws Exception {
        int port = Peer.freePort();
        Path into = Files.createDirectory(folder.resolve("wrong"));
        try (Peer receiver = Cli.start("file", "receive", listener(port), into.toString())) {
            Peer.awaitBound(port);
            String file = "534E4631" + "50" + "000166" + "0000000000000001" + "31";
            try (Peer sender = raw("call", port, "#!::t=file,m=publish", file + "00".repeat(32), "stay")) {
                runFailing(receiver, "SHA-256 differs");
                assertThat(run(sender)).startsWith("0000000000000000000000" + "01"); // go on at 0, then: no
            }
        }
        assertThat(into.toFile().list()).containsExactly(".f.srt-netty-failed");
    }

    @Test
    void serveGoesOn_whateverOneSends() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start(POOR, "file", "serve", "--timeout", TIMEOUT, root.toString(), listener(port))) {
            Peer.awaitBound(port);
            run(raw("call", port, "", "FFFFFFFF", "stay")); // a name of -1 bytes
            run(raw("call", port, "", "00000040", "stay")); // of 1 GiB
            run(raw("call", port, "", "0010000031", "leave")); // of 4096, cut
            run(raw("call", port, "", "534E463158", "stay")); // an operation that there is not
            run(raw("call", port, "", "534E46314700" + "04676F6F64FFFFFFFFFFFFFFFF", "stay")); // offset -1
            run(raw("call", port, "", "", "stay")); // nothing

            Path copy = folder.resolve("after-all");
            run(Cli.start("file", "get", caller(port), "good", copy.toString()));
            assertSame(root.resolve("good"), copy);
            awaitErrorLines(server, 6);
            assertThat(Cli.errors(server))
                    .contains(
                            "a name of -1 bytes",
                            "a name of 1073741824 bytes",
                            "closed the connection before its request was complete")
                    .contains("only sends files", "good has 2000 bytes, not -1", SILENT)
                    .hasLineCount(6);
            assertThat(Cli.errors(server).lines())
                    .allSatisfy(line -> assertThat(line).containsOnlyOnce("127.0.0.1:"));
        }
    }

    private Peer raw(String side, int port, String streamId, String hex, String end) throws IOException {
        return streamId == null
                ? Peer.start(raw.toString(), side, "" + port, hex, end)
                : Peer.start(raw.toString(), side, "" + port, streamId, hex, end);
    }
}
