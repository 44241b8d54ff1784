// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtReconnector;
import io.github.srtnetty.bootstrap.SrtSender;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtCloseReason;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.examples.Material;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.UdpProxy;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/guide.md at work. */
@Tag("slow")
@Timeout(120)
class GuideTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, SrtIoHandler.newFactory());
    private final Recorder received = new Recorder();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        group.shutdownGracefully().syncUninterruptibly();
    }

    @Test
    void theCallerReachesTheListener() throws Exception {
        Channel listener = Connections.listen(group, received, 0).sync().channel();

        SrtChannel caller = connected(Connections.call(group, new ChannelInboundHandlerAdapter(), loopback(listener)));

        assertThat(caller.streamId()).isEqualTo("#!::r=live/studio,m=publish");
        assertArrives(caller);
    }

    @Test
    void bothSidesOfARendezvousMeet() throws Exception {
        int first = Peer.freePort();
        int second = Peer.freePort();
        ChannelFuture there =
                Connections.rendezvous(group, received, new InetSocketAddress("127.0.0.1", first), second);

        ChannelFuture here = Connections.rendezvous(
                group, new ChannelInboundHandlerAdapter(), new InetSocketAddress("127.0.0.1", second), first);

        there.sync();
        assertArrives(connected(here));
    }

    @Test
    void aStreamArrives() throws Exception {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(received), StreamMode::set);

            assertArrives(connected(
                    Connections.stream(group, new ChannelInboundHandlerAdapter(), loopback(loopback.listener()))));
        }
    }

    @Test
    void theReconnectorTriesUntilItIsClosed() throws Exception {
        SrtReconnector caller = Connections.callForEver(group, new ChannelInboundHandlerAdapter());

        caller.close();

        assertThat(caller.endedFuture().await(20_000)).isTrue();
    }

    @Test
    void theCloseCountsWhatThePeerHasNotAcknowledged() throws Exception {
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> {});
            SrtChannel whole =
                    loopback.connect(new ChannelInboundHandlerAdapter(), b -> b.option(ChannelOption.SO_LINGER, 30));
            whole.writeAndFlush(Unpooled.wrappedBuffer(HELLO)).sync();
            assertThat(Connections.close(whole)).isZero();

            try (UdpProxy network = new UdpProxy(loopback.address(), 1).start()) {
                SrtChannel cut = (SrtChannel)
                        loopback.caller(new ChannelInboundHandlerAdapter(), b -> b.option(ChannelOption.SO_LINGER, 1))
                                .connect(network.address())
                                .sync()
                                .channel();
                network.cut();
                cut.write(Unpooled.wrappedBuffer(HELLO));
                cut.writeAndFlush(Unpooled.wrappedBuffer(HELLO)).sync();
                assertThat(Connections.close(cut)).isEqualTo(2);
            }
        }
    }

    @Test
    void theObserverPrintsStatisticsAndTheReason() throws Exception {
        PrintStream standardError = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> {
                Observer.watch((SrtChannel) channel);
                channel.pipeline().addLast(received);
            });
            SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
            received.awaitEvent("active");
            caller.close().sync();
            received.awaitEvent("inactive");
        } finally {
            System.setErr(standardError);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("closed: " + SrtCloseReason.PEER_CLOSED);
    }

    @Test
    void theReportHasStreamIdBytesAndRoundTripTime() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Channel listener = CallerReport.listen(group, 0).sync().channel();
            SrtChannel caller =
                    connected(Connections.call(group, new ChannelInboundHandlerAdapter(), loopback(listener)));
            caller.writeAndFlush(Unpooled.wrappedBuffer(HELLO)).sync();
            caller.close().sync(); // the last line is printed then

            Await.until("it prints", WAIT, () -> lastLine(printed).contains("5 bytes"));
        } finally {
            System.setOut(standardOutput);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^/127\\S+ #!::\\S+: 5 bytes, RTT [0-9.]+ ms$");
    }

    @Test
    void theTokenListenerPrintsWhatEachUserHasSent() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Channel listener = TokenListener.listen(group, 0).sync().channel();
            int port = ((InetSocketAddress) listener.localAddress()).getPort();

            try (SrtSender sender = SrtSender.open("srt://127.0.0.1:" + port
                    + "?streamid=#!::r=studio,s=t0ken-of-ann&passphrase=correct horse battery")) {
                sender.send(HELLO);
            }

            Await.until("it prints", WAIT, () -> lastLine(printed).startsWith("ann"));
        } finally {
            System.setOut(standardOutput);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("ann sent 5 bytes");
    }

    @Test
    void theCuePrinterPrintsEachCueWithItsPreRoll() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(2)));
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(new CuePrinter.Cues()), GuideTest::keepLatePackets);

            PcrFile.send(file, "srt://127.0.0.1:" + loopback.address().getPort() + "?linger=20");

            Await.until("it prints", WAIT, () -> lastLine(printed).contains("ms ahead"));
        } finally {
            System.setOut(standardOutput);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("(?m)^splice_insert, 20[0-9]{2} ms ahead: /DA\\S+$");
    }

    @Test
    void thePacedPumpLosesNothingInLiveMode() throws Exception {
        byte[] content = new byte[10_000 * 1316];
        new Random(3).nextBytes(content);
        ByteBuf source = Unpooled.wrappedBuffer(content);
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(received), GuideTest::keepLatePackets);

            loopback.connect(
                    new ChannelInitializer<SrtChannel>() {
                        @Override
                        protected void initChannel(SrtChannel channel) {
                            Pump.live(
                                    channel,
                                    40_000_000,
                                    () -> source.isReadable() ? source.readRetainedSlice(1316) : null);
                        }
                    },
                    bootstrap -> {});

            received.awaitEvent("inactive");
        }
        assertSame(content);
    }

    @Test
    void aFileGoesByItsClock_andArrivesWhole() throws Exception {
        byte[] content = Material.joined(Material.payloads(2));
        Path file = Files.write(folder.resolve("in.ts"), content);
        long start = System.nanoTime();
        try (Loopback loopback = new Loopback()) {
            loopback.listen(channel -> channel.pipeline().addLast(received), GuideTest::keepLatePackets);

            PcrFile.send(file, "srt://127.0.0.1:" + loopback.address().getPort() + "?linger=20");

            assertThat(System.nanoTime() - start).isGreaterThan(1_900_000_000L);
            received.awaitEvent("inactive");
        }
        assertSame(content);
    }

    /** The subject is what the code sends; a busy machine may be late with it. */
    private static void keepLatePackets(ServerBootstrap listener) {
        listener.option(SrtChannelOption.SRTO_TLPKTDROP, false);
    }

    /** Returns the last line that is whole: a line is printed in pieces. */
    private static String lastLine(ByteArrayOutputStream printed) {
        String text = printed.toString(StandardCharsets.UTF_8);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return whole.lines().reduce("", (before, line) -> line);
    }

    private void assertSame(byte[] content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        received.messages().forEach(all::writeBytes);
        assertThat(Arrays.mismatch(all.toByteArray(), content))
                .as("the first byte that is another, of %d", all.size())
                .isEqualTo(-1);
    }

    private void assertArrives(SrtChannel channel) throws Exception {
        channel.writeAndFlush(Unpooled.wrappedBuffer(HELLO)).sync();
        received.awaitMessages(1);
        assertThat(received.messages().get(0)).isEqualTo(HELLO);
    }

    private static SrtChannel connected(ChannelFuture connect) throws InterruptedException {
        return (SrtChannel) connect.sync().channel();
    }

    private static InetSocketAddress loopback(Channel listener) {
        return new InetSocketAddress("127.0.0.1", ((InetSocketAddress) listener.localAddress()).getPort());
    }
}
