// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Files to and from libsrt's own programs, and between ours. */
@SuppressWarnings("try") // a peer works by being there
@TestInstance(Lifecycle.PER_CLASS)
class FileTest {
    private static final Duration WAIT = Duration.ofSeconds(Long.getLong("srt.test.file.seconds", 60));
    private static final int[] SIZES = {0, 1, 1455, 1456, 1457, 64 << 10};
    /** Set it to 1073741824 for the full test; there have to be four times as many bytes on the disk. */
    private static final long LARGE = Long.getLong("srt.test.file.bytes", 24 << 20);

    private static final double LOSS = 0.03;
    private static final long SEED = 63;

    private Path folder;
    private Path root;
    private Path got;
    private Path peer;

    @BeforeAll
    void makeFiles(@TempDir Path shared) throws IOException, InterruptedException {
        folder = shared;
        root = Files.createDirectory(folder.resolve("root"));
        got = Files.createDirectory(folder.resolve("got"));
        peer = CPeer.compile(folder);
        for (int size : SIZES) {
            Files.write(root.resolve("f" + size), random(size));
        }
        try (var out = Files.newOutputStream(root.resolve("large"))) {
            byte[] block = random(1 << 20);
            for (long left = LARGE; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
    }

    @Test
    void filesOfAllSizesAreServedToRecvfile_andToGet() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            for (int size : SIZES) {
                run(Peer.start(
                        peer.toString(),
                        "get",
                        "" + port,
                        "f" + size,
                        got.resolve("c" + size).toString()));
                assertSame("f" + size, got.resolve("c" + size));
            }
            run(Peer.start(
                    peer.toString(),
                    "get",
                    "" + port,
                    "large",
                    got.resolve("c-large").toString()));
            assertSame("large", got.resolve("c-large"));
            for (String name : new String[] {"f0", "f1457", "large"}) {
                get(caller(port), name, got.resolve("j-" + name));
                assertThat(run(Cli.start(
                                "file",
                                "get",
                                "--resume",
                                caller(port),
                                name,
                                got.resolve(name).toString())))
                        .isEqualTo(Material.sha256(root.resolve(name)) + "  " + name + "\n");
                assertSame(name, got.resolve(name));
            }
            server.terminate();
            server.awaitExit(Duration.ofSeconds(2));
            assertThat(server.errors()).isEmpty();
        }
    }

    @Test
    void getFetchesFilesOfAllSizesFromSendfile() throws Exception {
        int port = Peer.freePort();
        try (Peer server = inRoot(peer, "serve", "" + port)) {
            Peer.awaitBound(port);
            for (String name : new String[] {"f0", "f1", "f1455", "f1456", "f1457", "f65536", "large"}) {
                get(caller(port), name, got.resolve("s-" + name));
            }
        }
    }

    @Test
    void servesTheExampleRecvfileOfLibsrtItself() throws Exception {
        assumeThat(CPeer.hasExamples()).as("Debian's libsrt-doc").isTrue();
        Path recvfile =
                CPeer.compileExample("recvfile.cpp", folder); // its sendfile of 1.5.1 stalls, and dies on small files
        int ours = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(ours))) {
            Peer.awaitBound(ours);
            Path file = got.resolve("r-large");
            run(Peer.start(recvfile.toString(), "127.0.0.1", "" + ours, "large", file.toString()));
            assertSame("large", file);
        }
    }

    @Test
    void srtFileTransmitReceivesWhatIsSent_andSendsWhatIsReceived() throws Exception {
        for (String name : new String[] {"f0", "f1456", "large"}) {
            Path theirs = Files.createDirectories(got.resolve("to-peer"));
            int port = Peer.freePort();
            try (Peer receiver = Peer.start("srt-file-transmit", "-q", listener(port), "file://" + theirs + "/")) {
                Peer.awaitBound(port);
                assertThat(run(Cli.start("file", "send", root.resolve(name).toString(), caller(port))))
                        .isEqualTo(Material.sha256(root.resolve(name)) + "  " + name + "\n");
                assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
            }
            assertSame(name, theirs.resolve(name));

            Path ours = Files.createDirectories(got.resolve("from-peer"));
            int second = Peer.freePort();
            try (Peer receiver = Cli.start("file", "receive", listener(second), ours.toString())) {
                Peer.awaitBound(second);
                run(Peer.start("srt-file-transmit", "-q", "file://" + root.resolve(name), caller(second)));
                run(receiver);
            }
            assertSame(name, ours.resolve(name));
        }
    }

    @Test
    void aListeningSenderServesAReceivingCaller_inBothImplementations() throws Exception {
        int port = Peer.freePort();
        Path theirs = Files.createDirectories(got.resolve("pulled")).resolve("f65536");
        try (Peer sender = Cli.start("file", "send", root.resolve("f65536").toString(), listener(port))) {
            Peer.awaitBound(port);
            run(Peer.start("srt-file-transmit", "-q", caller(port), "file://" + theirs));
            run(sender);
        }
        assertSame("f65536", theirs);
    }

    @Test
    void everyProtocolIsExact_whenTheNetworkLosesThreePercent() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port));
                UdpProxy proxy = proxy(port)) {
            Peer.awaitBound(port);
            get(caller(proxy.address().getPort()), "f65536", got.resolve("lossy"));
            Path file = got.resolve("lossy-c");
            run(Peer.start(peer.toString(), "get", "" + proxy.address().getPort(), "large", file.toString()));
            assertSame("large", file);
            assertThat(proxy.toClient().lost()).isPositive();
        }
        int second = Peer.freePort();
        Path ours = Files.createDirectories(got.resolve("lossy-plain"));
        try (Peer receiver = Cli.start("file", "receive", listener(second), ours.toString());
                UdpProxy proxy = proxy(second)) {
            Peer.awaitBound(second);
            String to = caller(proxy.address().getPort());
            run(Peer.start("srt-file-transmit", "-q", "file://" + root.resolve("f65536"), to));
            run(receiver);
        }
        assertSame("f65536", ours.resolve("f65536"));
    }

    @Test
    void aTransferGoesOnWhereItStopped() throws Exception {
        Path target = Files.createDirectories(got.resolve("resumed")).resolve("large");
        byte[] head = new byte[3 << 20];
        try (var in = Files.newInputStream(root.resolve("large"))) {
            in.readNBytes(head, 0, head.length);
        }
        Files.write(target.resolveSibling("large.part"), head);
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            run(Cli.start("file", "get", "--resume", caller(port), "large", target.toString()));
            assertSame("large", target);

            Files.write(target.resolveSibling("f1457.part"), new byte[100]); // something else
            try (Peer program = Cli.start(
                    "file",
                    "get",
                    "--resume",
                    caller(port),
                    "f1457",
                    target.getParent().toString())) {
                assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                assertThat(program.errors()).contains("SHA-256 differs").hasLineCount(1);
            }
            assertThat(target.resolveSibling("f1457")).doesNotExist();
            assertThat(target.resolveSibling("f1457.part")).doesNotExist();
        }
        int second = Peer.freePort();
        Files.write(target.resolveSibling("f65536.part"), new byte[0]);
        try (Peer receiver = Cli.start(
                "file", "receive", listener(second), target.getParent().toString())) {
            Peer.awaitBound(second);
            run(Cli.start("file", "send", "--resume", root.resolve("f65536").toString(), caller(second)));
            run(receiver);
        }
        assertSame("f65536", target.resolveSibling("f65536"));
    }

    @Test
    void nothingOutsideOfTheFolderIsServedOrWritten() throws Exception {
        Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        int port = Peer.freePort();
        Path nothing = Files.createDirectories(got.resolve("nothing"));
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            for (String name :
                    new String[] {"../secret", folder.resolve("secret").toString(), "link", "missing"}) {
                try (Peer program = Cli.start("file", "get", caller(port), name, nothing.toString())) {
                    assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                    assertThat(program.errors()).contains("has no file " + name).hasLineCount(1);
                    assertThat(program.output()).isEmpty();
                }
            }
            assertThat(server.errors()).contains("../secret: is outside", "link: is outside", "missing: no such file");
        }
        int second = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(second), nothing.toString())) {
            Peer.awaitBound(second);
            try (Peer sender =
                    Cli.start("file", "send", root.resolve("f1").toString(), caller(second) + "?streamid=../f1")) {
                assertThat(receiver.awaitExit(WAIT)).isEqualTo(1);
                assertThat(receiver.errors())
                        .contains("../f1: is outside of the folder")
                        .hasLineCount(1);
                sender.awaitExit(WAIT);
            }
        }
        assertThat(nothing).isEmptyDirectory();
        assertThat(got.resolve("f1")).doesNotExist();
    }

    @Test
    void aSignalLeavesNoPartialFile() throws Exception {
        Path empty = Files.createDirectories(got.resolve("interrupted"));
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), empty.toString())) {
            Peer.awaitBound(port);
            String slow = caller(port) + "?maxbw=200000"; // bytes a second: it would take minutes
            try (Peer sender = Cli.start("file", "send", root.resolve("large").toString(), slow)) {
                Await.until("a partial file", WAIT, () -> empty.toFile().list().length > 0);

                receiver.terminate();

                receiver.awaitExit(Duration.ofSeconds(2));
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(sender.errors()).contains("closed the connection");
            }
        }
        assertThat(empty).isEmptyDirectory();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    private static UdpProxy proxy(int port) throws IOException {
        return new UdpProxy(new InetSocketAddress("127.0.0.1", port), SEED)
                .losing(LOSS)
                .start();
    }

    private Peer inRoot(Path program, String... arguments) throws IOException {
        return Peer.start("sh", "-c", "cd " + root + " && exec " + program + ' ' + String.join(" ", arguments));
    }

    private void get(String from, String name, Path to) throws Exception {
        run(Cli.start("file", "get", from, name, to.toString()));
        assertSame(name, to);
    }

    private void assertSame(String name, Path copy) throws Exception {
        assertThat(Material.sha256(copy)).as(name).isEqualTo(Material.sha256(root.resolve(name)));
    }

    private static String run(Peer program) throws Exception {
        try (program) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            return new String(program.output());
        }
    }

    private static String listener(int port) {
        return "srt://127.0.0.1:" + port + "?mode=listener";
    }

    private static String caller(int port) {
        return "srt://127.0.0.1:" + port;
    }
}
