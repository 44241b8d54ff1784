// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtMessage;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kinds of addresses that {@code transmit} takes, each with the programs that others use for them. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class TransmitPeersTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void goesByIpv6() throws Exception {
        List<byte[]> payloads = Material.oneSecond();
        int udp = Peer.freePort();
        int in = Peer.freePort();
        String out = "srt://[::1]:" + Peer.freePort();
        Path copy = folder.resolve("copy.ts");
        try (Peer last = LiveTransmit.start(out + "?mode=listener&ipv6only=1&tlpktdrop=0", "file://con");
                Peer program = Cli.start(
                        "transmit", "srt://[::1]:" + in + "?mode=listener&tlpktdrop=0", out, copy.toString())) {
            Await.until("the output is connected", WAIT, () -> errors(program).contains("to [0:0:0:0:0:0:0:1]"));
            try (Peer first = LiveTransmit.start("udp://127.0.0.1:" + udp, "srt://[::1]:" + in)) {
                Await.until("both connected", WAIT, () -> errors(program).split("\\bconnected to").length == 3);
                LiveTransmit.awaitTarget(first);
                LiveTransmit.sendByUdp(udp, payloads, copy, last.outputFile());
                Await.until("all bytes", WAIT, () -> copy.toFile().length() == payloads.size() * 1316L);
                LiveTransmit.awaitOutput(last, payloads.size() * 1316L);

                program.terminate();

                assertThat(last.awaitExit(WAIT)).isZero();
            }
            assertThat(Material.sha256(last.output())).isEqualTo(Material.sha256(Material.joined(payloads)));
        }
    }

    @Test
    void meetsSrtLiveTransmitByRendezvous() throws Exception {
        byte[] bytes = Material.joined(Material.oneSecond());
        int ours = Peer.freePort();
        int theirs = Peer.freePort();
        try (Peer peer = LiveTransmit.start(
                        "srt://127.0.0.1:" + ours + "?mode=rendezvous&adapter=127.0.0.1&tlpktdrop=0&port=" + theirs,
                        "file://con");
                Peer program = Cli.start(
                        "transmit",
                        "-",
                        "srt://127.0.0.1:" + theirs + "?mode=rendezvous&adapter=127.0.0.1&linger=60&port=" + ours,
                        "--once")) {
            program.input().write(bytes);
            program.input().close();

            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(peer.awaitExit(WAIT)).as(peer.errors()).isZero();
            assertThat(Material.sha256(peer.output())).isEqualTo(Material.sha256(bytes));
        }
    }

    @Test
    void receivesFfmpegsMulticast_andSendsItToFfmpeg() throws Exception {
        Path in = Material.ffmpegFile(folder);
        Path copy = folder.resolve("copy.ts");
        String first = "udp://239.255.7.10:" + Peer.freePort();
        String second = "udp://239.255.7.11:" + Peer.freePort();
        try (Peer last = Peer.start(("ffmpeg -nostdin -loglevel error -f data -i " + second
                                + "?localaddr=127.0.0.1 -map 0 -c copy -flush_packets 1 -f data -")
                        .split(" "));
                Peer program = Cli.start(
                        "transmit",
                        first + "?adapter=127.0.0.1&source=127.0.0.1",
                        second + "?adapter=127.0.0.1&ttl=1",
                        copy.toString())) {
            program.awaitJoined(group(first));
            last.awaitJoined(group(second));
            try (Peer ffmpeg = Peer.start(("ffmpeg -nostdin -loglevel error -readrate 0.5 -i " + in
                            + " -c copy -f mpegts " + first + "?pkt_size=1316&localaddr=127.0.0.1&ttl=1")
                    .split(" "))) {
                assertThat(ffmpeg.awaitExit(WAIT)).as(ffmpeg.errors()).isZero();
            }
            long length = Files.size(in);
            Await.until("all bytes", WAIT, () -> copy.toFile().length() == length);
            assertThat(copy).hasSameBinaryContentAs(in);
            Await.until("ffmpeg has it", WAIT, () -> output(last).length == length);
            assertThat(Material.sha256(last.output())).isEqualTo(Material.sha256(in));
        }
    }

    @Test
    void takesAMulticastOnlyFromItsSource() throws Exception {
        int port = Peer.freePort();
        String group = "udp://239.255.7.12:" + port + "?adapter=127.0.0.1&source=127.0.0.";
        Path fromThere = folder.resolve("there.ts");
        byte[] first = Material.oneSecond().get(0);
        byte[] second = Material.oneSecond().get(1);
        try (Peer here = Cli.start("transmit", group + 1, "-");
                Peer there = Cli.start("transmit", group + 2, fromThere.toString());
                DatagramSocket one = multicaster("127.0.0.1");
                DatagramSocket two = multicaster("127.0.0.2")) {
            InetSocketAddress to = new InetSocketAddress("239.255.7.12", port);
            Await.until("datagrams of both sources", WAIT, () -> {
                send(first, one, to);
                send(second, two, to);
                return output(here).length > 0 && fromThere.toFile().length() >= 5 * 1316;
            });
            assertThat(output(here)).startsWith(first);
        }
        assertThat(Files.readAllBytes(fromThere)).startsWith(second);
        assertThat(count(Files.readAllBytes(fromThere), first)).isZero();
    }

    /** Returns how many of the pieces of a payload's length are the payload. */
    private static int count(byte[] bytes, byte[] payload) {
        int found = 0;
        for (int at = 0; at + payload.length <= bytes.length; at += payload.length) {
            if (Arrays.equals(bytes, at, at + payload.length, payload, 0, payload.length)) {
                found++;
            }
        }
        return found;
    }

    @Test
    void handsTheSourceTimesOn_fromSrtToSrt() throws Exception {
        int in = Peer.freePort();
        BlockingQueue<Long> times = new LinkedBlockingQueue<>();
        try (Loopback loopback = new Loopback(1)) {
            listen(loopback, times);
            String to = "srt://127.0.0.1:" + loopback.address().getPort();
            try (Peer program = Cli.start(
                    "transmit",
                    "srt://127.0.0.1:" + in + "?mode=listener&latency=0&tlpktdrop=0",
                    to,
                    "--source-time")) {
                Await.until("connected", WAIT, () -> errors(program).contains("connected to"));
                SrtChannel sender = (SrtChannel) loopback.caller(new Recorder(), bootstrap -> {})
                        .connect(new InetSocketAddress("127.0.0.1", in))
                        .sync()
                        .channel();
                long connected = Srt.timeNowMicros();
                List<Long> made = List.of(connected + 1_000, connected + 31_000, connected + 32_000);
                Await.until("the last is made", WAIT, () -> Srt.timeNowMicros() > connected + 32_000);
                for (long micros : made) { // all at once, and the program gets them at once
                    sender.writeAndFlush(
                            new SrtMessage(Unpooled.wrappedBuffer(new byte[188]), micros, SrtMessage.NO_LIMIT, false));
                }
                long first = times.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
                long second = times.poll(WAIT.toSeconds(), TimeUnit.SECONDS);
                long third = times.poll(WAIT.toSeconds(), TimeUnit.SECONDS);

                assertThat(second - first).isCloseTo(30_000, within(500L));
                assertThat(third - second).isCloseTo(1_000, within(500L));
            }
        }
    }

    private static void listen(Loopback loopback, BlockingQueue<Long> times) {
        loopback.listen(
                channel -> {
                    ((SrtChannel) channel).config().setReceiveMessages(true);
                    channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext ctx, Object msg) {
                            times.add(((SrtMessage) msg).sourceTimeMicros());
                            ReferenceCountUtil.release(msg);
                        }
                    });
                },
                bootstrap -> bootstrap.option(SrtChannelOption.SRTO_TLPKTDROP, false));
    }

    @Test
    void connectsAgain_whenSrtLiveTransmitIsThereAgain() throws Exception {
        byte[] payload = Material.oneSecond().get(0);
        int udp = Peer.freePort();
        int out = Peer.freePort();
        try (Peer program = Cli.start("transmit", "udp://127.0.0.1:" + udp, "srt://127.0.0.1:" + out);
                DatagramSocket socket = new DatagramSocket()) {
            for (int time = 0; time < 2; time++) {
                try (Peer peer = LiveTransmit.start("srt://127.0.0.1:" + out + "?mode=listener", "file://con")) {
                    Await.until("a payload", WAIT, () -> {
                        send(payload, socket, new InetSocketAddress("127.0.0.1", udp));
                        return output(peer).length > 0;
                    });
                    peer.terminate(); // a shutdown, not only silence
                    peer.awaitExit(WAIT);
                }
                int ends = time + 2;
                Await.until("the program knows", WAIT, () -> errors(program).split("disconnected").length == ends);
            }
        }
    }

    @Test
    void standardInputGoesToStandardOutput_underBothNames() throws Exception {
        byte[] bytes = Material.joined(Material.oneSecond());
        try (Peer program = Cli.start("transmit", "file://con", "file://con")) {
            program.input().write(bytes);
            program.input().close();

            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(program.output()).isEqualTo(bytes);
        }
    }

    private static DatagramSocket multicaster(String source) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source, 0));
        socket.setOption(
                StandardSocketOptions.IP_MULTICAST_IF,
                NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
        return socket;
    }

    private static InetSocketAddress group(String uri) {
        return new InetSocketAddress(uri.replaceAll("udp://|:\\d+$", ""), Integer.parseInt(uri.replaceAll(".*:", "")));
    }

    private static void send(byte[] payload, DatagramSocket socket, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(payload, payload.length, to));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // live, not a flood
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] output(Peer peer) {
        try {
            return peer.output();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String errors(Peer peer) {
        try {
            return Cli.errors(peer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
