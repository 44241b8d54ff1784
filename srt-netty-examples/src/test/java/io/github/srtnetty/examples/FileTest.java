// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.LARGE;
import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.partial;
import static io.github.srtnetty.examples.FilePrograms.run;
import static io.github.srtnetty.examples.FilePrograms.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Needs;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files to and from libsrt's own programs, and between ours. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class FileTest {
    private static final int[] SIZES = {0, 1, 1455, 1456, 1457, 64 << 10};
    /** Less than the 5 s of silence after which libsrt takes a peer for lost. */
    private static final int SHUTDOWN_MILLIS = 3000;

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
            write(root.resolve("f" + size), size);
        }
        write(root.resolve("large"), LARGE);
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
            EndsInTime.onSignal("TERM", server);
            assertThat(Cli.errors(server)).isEmpty();
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
        Needs.that(CPeer.hasExamples(), "the examples of libsrt (Debian, Ubuntu: libsrt-doc)");
        Path recvfile = CPeer.compileExample("recvfile.cpp", folder);
        int ours = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(ours))) {
            Peer.awaitBound(ours);
            Path file = got.resolve("r-64k");
            run(Peer.start(recvfile.toString(), "127.0.0.1", "" + ours, "f65536", file.toString()));
            assertSame("f65536", file);
        }
    }

    @Test
    void getFetchesFromTheExampleSendfileOfLibsrtItself() throws Exception {
        Needs.that(CPeer.hasExamples(), "the examples of libsrt (Debian, Ubuntu: libsrt-doc)");
        Path sendfile = CPeer.compileSendfile(folder);
        int theirs = Peer.freePort();
        try (Peer server = inRoot(sendfile, "" + theirs)) {
            Peer.awaitBound(theirs);
            get(caller(theirs), "large", got.resolve("x-large")); // it divides by zero when it has sent a small one
        }
    }

    @Test
    void srtFileTransmitReceivesWhatIsSent_andSendsWhatIsReceived() throws Exception {
        for (String name : new String[] {"f1456", "large"}) {
            int port = Peer.freePort();
            srtFileTransmitReceives(name, port, caller(port));
            int second = Peer.freePort();
            srtFileTransmitSends(name, second, caller(second));
        }
    }

    /** All there is of such a connection is its end, and a listener has to accept it before. */
    @Test
    void srtFileTransmitReceivesAnEmptyFile_andSendsOne() throws Exception {
        int port = Peer.freePort();
        try (UdpProxy network = networkWithLateShutdowns(port)) {
            srtFileTransmitReceives("f0", port, caller(FilePrograms.port(network)));
        }
        int second = Peer.freePort();
        try (UdpProxy network = networkWithLateShutdowns(second)) {
            srtFileTransmitSends("f0", second, caller(FilePrograms.port(network)));
        }
    }

    private static UdpProxy networkWithLateShutdowns(int port) throws IOException {
        return new UdpProxy(new InetSocketAddress("127.0.0.1", port), 1)
                .delayingShutdowns(SHUTDOWN_MILLIS)
                .start();
    }

    private void srtFileTransmitReceives(String name, int port, String address) throws Exception {
        Path theirs = Files.createDirectories(got.resolve("to-peer"));
        try (Peer receiver = Peer.start("srt-file-transmit", "-q", listener(port), "file://" + theirs + "/")) {
            Peer.awaitBound(port);
            assertThat(run(Cli.start("file", "send", root.resolve(name).toString(), address)))
                    .isEqualTo(Material.sha256(root.resolve(name)) + "  " + name + "\n");
            assertThat(receiver.awaitExit(WAIT)).as(receiver.errors()).isZero();
        }
        assertSame(name, theirs.resolve(name));
    }

    private void srtFileTransmitSends(String name, int port, String address) throws Exception {
        Path ours = Files.createDirectories(got.resolve("from-peer"));
        try (Peer receiver = Cli.start("file", "receive", listener(port), ours.toString())) {
            Peer.awaitBound(port);
            // without streamid= it sets the name when it has begun to connect already, sometimes too late
            run(Peer.start("srt-file-transmit", "-q", "file://" + root.resolve(name), address + "&streamid=" + name));
            run(receiver);
        }
        assertSame(name, ours.resolve(name));
    }

    @Test
    void aListeningSenderServesAReceivingCaller_inBothImplementations() throws Exception {
        String name = "f65536";
        Path pulled = Files.createDirectories(got.resolve("pulled"));
        int port = Peer.freePort();
        try (Peer sender = Cli.start("file", "send", root.resolve(name).toString(), listener(port))) {
            Peer.awaitBound(port);
            Path theirs = Files.createDirectories(pulled.resolve("theirs")).resolve(name);
            run(Peer.start("srt-file-transmit", "-q", caller(port), "file://" + theirs));
            run(sender);
            assertSame(name, theirs);
        }
        int second = Peer.freePort();
        try (Peer sender = Peer.start("srt-file-transmit", "-q", "file://" + root.resolve(name), listener(second))) {
            Peer.awaitBound(second);
            run(Cli.start(
                    "file", "receive", caller(second), pulled.resolve(name).toString()));
            assertSame(name, pulled.resolve(name));
        }
        int third = Peer.freePort();
        try (Peer sender = Cli.start("file", "send", root.resolve(name).toString(), listener(third))) {
            Peer.awaitBound(third);
            FilePrograms.runFailing(
                    Cli.start(
                            "file",
                            "receive",
                            caller(third),
                            pulled.resolve("other").toString()),
                    "FORBIDDEN (1403)");
            sender.awaitErrors("rejected, FORBIDDEN (1403): other\n");
            run(Cli.start("file", "receive", caller(third), pulled.resolve(name).toString(), "--overwrite"));
            run(sender);
        }
        assertThat(pulled.resolve("other")).doesNotExist();
    }

    @Test
    void twoMeetAtARendezvous() throws Exception {
        int one = Peer.freePort();
        int other = Peer.freePort();
        Path copy = got.resolve("met");
        try (Peer receiver = Cli.start(
                "file", "receive", caller(other) + "&mode=rendezvous&bind=127.0.0.1:" + one, copy.toString())) {
            run(Cli.start(
                    "file",
                    "send",
                    root.resolve("f1457").toString(),
                    caller(one) + "&mode=rendezvous&bind=127.0.0.1:" + other));
            run(receiver);
        }
        assertSame("f1457", copy);
    }

    @Test
    void aTransferGoesOnWhereItStopped() throws Exception {
        Path target = Files.createDirectories(got.resolve("resumed")).resolve("large");
        byte[] head = new byte[3 << 20];
        try (var in = Files.newInputStream(root.resolve("large"))) {
            in.readNBytes(head, 0, head.length);
        }
        write(partial(target), head);
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            try (Peer client = Cli.start("file", "get", "--resume", caller(port), "large", target.toString())) {
                assertThat(client.awaitExit(WAIT)).as(client.errors()).isZero();
                assertThat(Cli.errors(client)).contains("large resumes at 3,145,728 of ");
            }
            assertSame("large", target);

            Path other = target.resolveSibling("f1457");
            write(partial(other), new byte[100]); // something else
            try (Peer program = Cli.start(
                    "file",
                    "get",
                    "--resume",
                    caller(port),
                    "f1457",
                    target.getParent().toString())) {
                assertThat(program.awaitExit(WAIT)).isEqualTo(1);
                assertThat(FilePrograms.errors(program))
                        .contains("SHA-256 differs")
                        .hasLineCount(1);
            }
            assertThat(other).doesNotExist();
            assertThat(partial(other)).doesNotExist();
            assertThat(target.resolveSibling(".f1457.srt-netty-failed")).hasSize(1457);
        }
    }

    @Test
    void aFileThatIsPutHasTheReceiversName_orTheSendersInAFolder() throws Exception {
        Path target = Files.createDirectories(got.resolve("put"));
        int second = Peer.freePort();
        write(partial(target.resolve("f65536")), new byte[0]);
        try (Peer receiver = Cli.start("file", "receive", listener(second), target.toString())) {
            Peer.awaitBound(second);
            run(Cli.start("file", "send", "--resume", root.resolve("f65536").toString(), caller(second)));
            run(receiver);
        }
        assertSame("f65536", target.resolve("f65536"));
        int third = Peer.freePort();
        Path mine = target.resolve("mine");
        try (Peer receiver = Cli.start("file", "receive", listener(third), mine.toString())) {
            Peer.awaitBound(third);
            run(Cli.start("file", "send", "--resume", root.resolve("f1").toString(), caller(third)));
            assertThat(run(receiver)).endsWith("  mine\n");
        }
        assertSame("f1", mine);
    }

    private Peer inRoot(Path program, String... arguments) throws IOException {
        return Peer.start("sh", "-c", "cd " + root + " && exec " + program + ' ' + String.join(" ", arguments));
    }

    private void get(String from, String name, Path to) throws Exception {
        run(Cli.start("file", "get", from, name, to.toString()));
        assertSame(name, to);
    }

    private void assertSame(String name, Path copy) throws Exception {
        FilePrograms.assertSame(root.resolve(name), copy);
    }
}
