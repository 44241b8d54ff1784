// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transport streams in RTP, as they come over real sockets. */
@Tag("slow")
@SuppressWarnings("try") // a peer works by being there
class RtpTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final int RTP_HEADER_BYTES = 12;
    private static final int PAYLOAD_TYPE_OF_TS = 33; // '!'
    private static final String OUT = "1, out of the network";
    private static final String BACK = "0, back to the network";

    @TempDir
    Path folder;

    @Test
    void cuesAreFoundInTheRtpOfFfmpeg_overUdp() throws Exception {
        int port = Peer.freePort();
        try (Peer program = Cli.start("scte35", "udp://127.0.0.1:" + port, "--all", "--format", "text")) {
            Peer.awaitBound(port);
            try (Peer ffmpeg = rtpTo(port)) {
                awaitCues(program);
            }
        }
    }

    @Test
    void transmitCarriesRtpFromUdpToSrt_asItIs() throws Exception {
        int udp = Peer.freePort();
        int srt = Peer.freePort();
        String listener = "srt://127.0.0.1:" + srt + "?mode=listener&tlpktdrop=0";
        Path copy = folder.resolve("copy.rtp");
        try (Peer program = Cli.start("scte35", listener, "--all", "--format", "text")) {
            Peer.awaitBound(srt);
            try (Peer transmit =
                    Cli.start("transmit", "udp://127.0.0.1:" + udp, "srt://127.0.0.1:" + srt, copy.toString())) {
                Peer.awaitBound(udp);
                transmit.awaitErrors("connected to"); // payloads before that are dropped
                try (Peer ffmpeg = rtpTo(udp)) {
                    awaitCues(program);
                }
                transmit.terminate();
                transmit.awaitExit(WAIT); // with the whole copy written
                assertThat(transmit.errors()).doesNotContain("dropped");
            }
        }
        // version 2, payload type 33, and after 12 bytes the first packet
        assertThat(Files.readString(copy, StandardCharsets.ISO_8859_1)).containsPattern("(?s)\u0080!.{10}G");
        try (Peer program = Cli.start("scte35", copy.toString(), "--all", "--format", "text")) {
            assertThat(program.awaitExit(WAIT)).as(program.errors()).isZero();
            assertThat(text(program)).contains(BACK);
        }
    }

    @Test
    void cuesAreFoundInRtpPackets_thatArePayloadsOfSrt() throws Exception {
        int port = Peer.freePort();
        String listener = "srt://127.0.0.1:" + port + "?mode=listener&tlpktdrop=0";
        try (Peer program = Cli.start("scte35", listener, "--format", "text");
                Loopback loopback = new Loopback()) {
            Peer.awaitBound(port);
            SrtChannel sender = (SrtChannel) loopback.caller(
                            new ChannelInboundHandlerAdapter(), b -> b.option(SrtChannelOption.SRTO_PAYLOADSIZE, 1456))
                    .connect("127.0.0.1", port)
                    .sync()
                    .channel();
            List<byte[]> payloads = Material.payloads(4);
            for (int i = 0; i < payloads.size(); i++) {
                sender.writeAndFlush(rtp(65_500 + i, payloads.get(i))).sync(); // the number wraps on the way
            }
            Await.until(
                    "the cues",
                    WAIT,
                    () -> text(program).contains(OUT) && text(program).contains(BACK));
            assertThat(Cli.errors(program)).doesNotContain("sequence", "lost");
        }
    }

    private static ByteBuf rtp(int number, byte[] payload) {
        return Unpooled.buffer(RTP_HEADER_BYTES + payload.length)
                .writeByte(0x80)
                .writeByte(PAYLOAD_TYPE_OF_TS)
                .writeShort(number)
                .writeInt(number * 300)
                .writeInt(0x51515151)
                .writeBytes(payload);
    }

    /** The cues of ten seconds, as private streams, which is how ffmpeg writes them. */
    private Peer rtpTo(int port) throws IOException {
        Path in = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(10)));
        return Peer.start(("ffmpeg -nostdin -loglevel error -re -i " + in
                        + " -map 0:d -copy_unknown -c copy -f rtp_mpegts rtp://127.0.0.1:" + port + "?pkt_size=1328")
                .split(" "));
    }

    private static void awaitCues(Peer program) {
        Await.until(
                "the cues",
                WAIT,
                () -> text(program).contains(OUT) && text(program).contains(BACK));
    }

    private static String text(Peer program) {
        try {
            return new String(program.output(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
