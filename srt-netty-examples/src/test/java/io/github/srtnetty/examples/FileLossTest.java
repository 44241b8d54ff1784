// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.WAIT;
import static io.github.srtnetty.examples.FilePrograms.assertSame;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.lossyNetwork;
import static io.github.srtnetty.examples.FilePrograms.port;
import static io.github.srtnetty.examples.FilePrograms.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
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
import org.junit.jupiter.api.io.TempDir;

/** Files through a network that loses 3 % of the datagrams. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
@TestInstance(Lifecycle.PER_CLASS)
class FileLossTest {
    /** Not more: once it has lost in its first moments, libsrt's congestion control of file mode stays at 100 kB/s. */
    private static final long BYTES = 250_000;
    /** More than half of it: with the rest withheld no transfer is done before it is interrupted. */
    private static final int MOST_PACKETS = (int) BYTES / 1456 * 3 / 4;

    private Path original;
    private Path root;
    private Path got;
    private Path peer;

    @BeforeAll
    void makeFile(@TempDir Path folder) throws IOException, InterruptedException {
        root = Files.createDirectory(folder.resolve("root"));
        got = Files.createDirectory(folder.resolve("got"));
        original = FilePrograms.write(root.resolve("film"), BYTES);
        peer = CPeer.compile(folder);
    }

    @Test
    void sendIsExact_toSrtFileTransmit() throws Exception {
        int port = Peer.freePort();
        Path folder = Files.createDirectory(got.resolve("theirs"));
        try (Peer receiver = Peer.start("srt-file-transmit", "-q", listener(port), "file://" + folder + "/");
                UdpProxy network = lossyNetwork(port)) {
            Peer.awaitBound(port);
            run(Cli.start("file", "send", original.toString(), caller(port(network))));
            run(receiver);
            assertThat(network.toTarget().lost()).isPositive();
        }
        assertSame(original, folder.resolve("film"));
    }

    @Test
    void receiveIsExact_fromSrtFileTransmit() throws Exception {
        int port = Peer.freePort();
        Path folder = Files.createDirectory(got.resolve("ours"));
        try (Peer receiver = Cli.start("file", "receive", listener(port), folder.toString());
                UdpProxy network = lossyNetwork(port)) {
            Peer.awaitBound(port);
            String address = caller(port(network)) + "&streamid=" + original.getFileName();
            run(Peer.start("srt-file-transmit", "-q", "file://" + original, address));
            run(receiver);
            assertThat(network.toTarget().lost()).isPositive();
        }
        assertSame(original, folder.resolve("film"));
    }

    @Test
    void getIsExact_fromSendfile() throws Exception {
        int port = Peer.freePort();
        Path copy = got.resolve("fetched");
        try (Peer server = Peer.start("sh", "-c", "cd " + root + " && exec " + peer + " serve " + port);
                UdpProxy network = lossyNetwork(port)) {
            Peer.awaitBound(port);
            run(Cli.start("file", "get", caller(port(network)), "film", copy.toString()));
            assertThat(network.toClient().lost()).isPositive();
        }
        assertSame(original, copy);
    }

    @Test
    void serveIsExact_toRecvfile_andToGet() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port));
                UdpProxy network = lossyNetwork(port)) {
            Peer.awaitBound(port);
            Path theirs = got.resolve("recvfile");
            run(Peer.start(peer.toString(), "get", "" + port(network), "film", theirs.toString()));
            assertSame(original, theirs);
            Path ours = got.resolve("get");
            run(Cli.start("file", "get", caller(port(network)), "film", ours.toString()));
            assertSame(original, ours);
            assertThat(network.toClient().lost()).isPositive();
        }
    }

    @Test
    void whatWasInterruptedHalfWayGoesOn_withGetFromServe() throws Exception {
        int port = Peer.freePort();
        Path copy = got.resolve("resumed");
        Path part = FilePrograms.partial(copy);
        String[] get = {"file", "get", "--resume", "", "film", copy.toString()};
        try (Peer server = Cli.start("file", "serve", root.toString(), listener(port))) {
            Peer.awaitBound(port);
            try (UdpProxy network = lossyNetwork(port).withholdingDataAfter(MOST_PACKETS)) {
                get[3] = caller(port(network));
                try (Peer client = Cli.start(get)) {
                    Await.until("half of it", WAIT, () -> part.toFile().length() > BYTES / 2);
                    client.terminate();
                    client.awaitExit(WAIT);
                }
                assertThat(part).exists();
                assertThat(copy).doesNotExist();
            }
            try (UdpProxy network = lossyNetwork(port)) {
                get[3] = caller(port(network));
                run(Cli.start(get));
                assertThat(network.toClient().distinct()).isLessThan(MOST_PACKETS); // the half that was missing
            }
        }
        assertSame(original, copy);
        assertThat(part).doesNotExist();
    }

    @Test
    void aLostGoodbyeMakesNoFailureOfAWholeFile() throws Exception {
        Path folder = Files.createDirectory(got.resolve("whole"));
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), folder.toString());
                UdpProxy network = new UdpProxy(new InetSocketAddress("127.0.0.1", port), 1)
                        .losingGoodbyes()
                        .start()) {
            Peer.awaitBound(port);
            run(Cli.start("file", "send", "--resume", original.toString(), caller(port(network))));
            run(receiver);
        }
        assertSame(original, folder.resolve("film"));
    }

    @Test
    void whatWasInterruptedHalfWayGoesOn_withSendToReceive() throws Exception {
        Path folder = Files.createDirectory(got.resolve("put"));
        Path part = FilePrograms.partial(folder.resolve("film"));
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), folder.toString());
                UdpProxy network = lossyNetwork(port).withholdingDataAfter(MOST_PACKETS)) {
            Peer.awaitBound(port);
            try (Peer sender = Cli.start("file", "send", "--resume", original.toString(), caller(port(network)))) {
                Await.until("half of it", WAIT, () -> part.toFile().length() > BYTES / 2);
                receiver.terminate();
                assertThat(sender.awaitExit(WAIT)).isEqualTo(1);
                assertThat(sender.errors()) // all of it is with libsrt
                        .contains("closed the connection before it had received everything; when it listens again")
                        .hasLineCount(1);
            }
        }
        int second = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(second), folder.toString());
                UdpProxy network = lossyNetwork(second)) {
            Peer.awaitBound(second);
            run(Cli.start("file", "send", "--resume", original.toString(), caller(port(network))));
            run(receiver);
        }
        assertSame(original, folder.resolve("film"));
        assertThat(part).doesNotExist();
    }
}
