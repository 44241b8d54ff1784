// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static io.github.srtnetty.examples.FilePrograms.LARGE;
import static io.github.srtnetty.examples.FilePrograms.assertSame;
import static io.github.srtnetty.examples.FilePrograms.caller;
import static io.github.srtnetty.examples.FilePrograms.listener;
import static io.github.srtnetty.examples.FilePrograms.partial;
import static io.github.srtnetty.examples.FilePrograms.run;
import static io.github.srtnetty.examples.FilePrograms.runFailing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What strangers can do to a program that waits for files, or serves some: they end nothing, and take nothing from
 * others.
 */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class FileStrangerTest {
    private static final String SECRET = "&passphrase=correct-horse-battery";

    /** A reader for which little is under way while it does not read. */
    private static final String SMALL = "&fc=64&rcvbuf=93184";

    @TempDir
    Path folder;

    private final EventLoopGroup strangers = Session.newGroup(1);
    private Path film;
    private Path into;

    @BeforeEach
    void makeFiles() throws Exception {
        film = FilePrograms.write(Files.createDirectory(folder.resolve("root")).resolve("film"), 100_000);
        into = Files.createDirectory(folder.resolve("into"));
    }

    @AfterEach
    void end() {
        strangers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&passphrase=wrong-horse-battery", "&streamid=../f", "&streamid=%23!::broken"})
    void receiveGoesOn_whenACallerIsRejected(String credentials) throws Exception {
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port) + SECRET, into.toString())) {
            Peer.awaitBound(port);
            assertThat(call("127.0.0.1", port, credentials).isSuccess()).isFalse();

            run(Cli.start("file", "send", film.toString(), caller(port) + SECRET));
            run(receiver);
        }
        assertSame(film, into.resolve("film"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&passphrase=wrong-horse-battery", "&streamid=other"})
    void sendGoesOn_whenACallerIsRejected(String credentials) throws Exception {
        int port = Peer.freePort();
        try (Peer sender = Cli.start("file", "send", film.toString(), listener(port) + SECRET)) {
            Peer.awaitBound(port);
            assertThat(call("127.0.0.1", port, credentials).isSuccess()).isFalse();

            run(Cli.start("file", "receive", caller(port) + SECRET, into.resolve("film") + ""));
            run(sender);
        }
        assertSame(film, into.resolve("film"));
    }

    /** With a passphrase the name is looked at after the accept: a stranger cannot find it out. */
    @Test
    void sendGoesOn_whenACallerWithThePassphraseAsksForAnotherFile() throws Exception {
        int port = Peer.freePort();
        try (Peer sender = Cli.start("file", "send", film.toString(), listener(port) + SECRET)) {
            Peer.awaitBound(port);
            call("127.0.0.1", port, SECRET + "&streamid=other")
                    .sync()
                    .channel()
                    .closeFuture()
                    .sync();
            sender.awaitErrors("the receiver asks for other, not for film; still listening\n");

            run(Cli.start("file", "receive", caller(port) + SECRET, into.resolve("film") + ""));
            run(sender);
        }
    }

    @Test
    void receiveGoesOn_whenACallerPutsWhatItMustNot_orNothing() throws Exception {
        Files.writeString(into.resolve("film"), "before");
        Path part = Files.writeString(into.resolve("work.part"), "mine");
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", "--max-size", "100K", listener(port), into.toString())) {
            Peer.awaitBound(port);
            SrtChannel silent = (SrtChannel) call("127.0.0.1", port, "&streamid=%23!::t=file,m=publish")
                    .sync()
                    .channel();
            silent.close().sync();
            for (String name : new String[] {"film", "work.part", ".profile"}) {
                Path file = FilePrograms.write(folder.resolve("root").resolve(name), 1000);
                runFailing(Cli.start("file", "send", "--resume", file.toString(), caller(port)), name + ": ");
            }
            Path large = FilePrograms.write(folder.resolve("root/large"), 102_401);
            runFailing(
                    Cli.start("file", "send", "--resume", large.toString(), caller(port)),
                    "large: is larger than 102400 bytes (--max-size)");

            Path good = FilePrograms.write(folder.resolve("root/good"), 102_400);
            run(Cli.start("file", "send", "--resume", good.toString(), caller(port)));
            run(receiver);
            assertSame(good, into.resolve("good"));
        }
        assertThat(into.resolve("film")).hasContent("before");
        assertThat(part).hasContent("mine");
        assertThat(into.toFile().list()).containsExactlyInAnyOrder("film", "work.part", "good");
    }

    @Test
    void receiveReplacesAFile_whenItIsAskedTo() throws Exception {
        Files.writeString(into.resolve("film"), "before");
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", "--overwrite", listener(port), into.toString())) {
            Peer.awaitBound(port);
            run(Cli.start("file", "send", film.toString(), caller(port)));
            run(receiver);
        }
        assertSame(film, into.resolve("film"));
    }

    @Test
    void aPartialFileOfAnotherContentIsSetAside() throws Exception {
        FilePrograms.write(partial(into.resolve("film")), "another film".getBytes());
        int port = Peer.freePort();
        try (Peer receiver = Cli.start("file", "receive", listener(port), into.toString())) {
            Peer.awaitBound(port);
            runFailing(Cli.start("file", "send", "--resume", film.toString(), caller(port)), "SHA-256 differs");
            runFailing(receiver, "it is kept as .film.srt-netty-failed");
        }
        assertThat(into.toFile().list()).containsExactly(".film.srt-netty-failed");
    }

    @Test
    void serveServesOthers_whileOneAddressHoldsAllItsPlaces() throws Exception {
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", "--per-address=2", film.getParent() + "", listener(port))) {
            Peer.awaitBound(port);
            call("127.0.0.1", port, "").sync(); // and say nothing
            call("127.0.0.1", port, "").sync();
            Await.until(
                    "the address has no room",
                    () -> !call("127.0.0.1", port, "").isSuccess());

            run(Cli.start("file", "get", caller(port) + "&mode=caller&bind=127.0.0.2:0", "film", into + "/film"));
            assertSame(film, into.resolve("film"));
        }
    }

    @Test
    void serveGivesUpAReaderThatIsTooSlow_andOneThatDoesNotSayWhatItWants() throws Exception {
        FilePrograms.write(film, LARGE);
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", "--timeout=5", film.getParent() + "", listener(port))) {
            Peer.awaitBound(port);
            SrtChannel mute = (SrtChannel) call("127.0.0.1", port, "").sync().channel();
            SrtChannel reader =
                    (SrtChannel) call("127.0.0.1", port, SMALL).sync().channel();
            reader.config().setAutoRead(false);
            reader.writeAndFlush(request("film")).sync();

            server.awaitErrors(" sent nothing for 5 s\n");
            server.awaitErrors(" took nothing for 5 s\n");
            mute.closeFuture().sync();
        }
    }

    @Test
    void serveStops_whenTheReaderLeaves() throws Exception {
        FilePrograms.write(film, LARGE);
        int port = Peer.freePort();
        try (Peer server = Cli.start("file", "serve", film.getParent() + "", listener(port))) {
            Peer.awaitBound(port);
            SrtChannel reader =
                    (SrtChannel) call("127.0.0.1", port, SMALL).sync().channel();
            reader.config().setAutoRead(false);
            reader.writeAndFlush(request("film")).sync();
            reader.close().sync();

            server.awaitErrors(" closed the connection");
        }
    }

    private ChannelFuture call(String from, int port, String keys) {
        return SrtUri.parse("srt://127.0.0.1:" + port + "?mode=caller&transtype=file&conntimeo=20000&bind=" + from
                        + ":0" + keys)
                .open(strangers, new ChannelInboundHandlerAdapter())
                .awaitUninterruptibly();
    }

    /** A request in the protocol of recvfile. */
    private static ByteBuf request(String name) {
        return Unpooled.buffer().writeIntLE(name.length()).writeBytes(name.getBytes());
    }
}
