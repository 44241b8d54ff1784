// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSink;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.UdpTap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * ffmpeg publishes; players of different make take it. What is compared is what ffmpeg really sent, seen on the wire.
 */
@Tag("slow")
@Timeout(180)
@SuppressWarnings("try") // a peer works by being there
class RelayPeersTest {
    private static final int STOPPED_SECONDS = Integer.getInteger("relay.stopped", 8);
    private static final Duration WAIT = Duration.ofSeconds(STOPPED_SECONDS + 50);
    private static final RelayRules CONFIG =
            new RelayRules(Map.of(RelaySetting.QUEUE_MILLIS, 4000), Map.of(), Map.of());
    /** ffmpeg of libsrt 1.5.4 leaves without a close, so that libsrt detects its end by its silence. */
    private static final int PEER_IDLE_MILLIS = (STOPPED_SECONDS + 12) * 1000;
    /** Late packets are played late, not thrown away: only the queue of the one that stands loses any. */
    private static final String LOSSLESS = "&tlpktdrop=0";
    /** Room for less than a second of the stream in libsrt, and a long time-out for a player that is stopped. */
    private static final String OPTIONS = "latency=500&sndbuf=150000" + LOSSLESS + "&peeridletimeo=" + PEER_IDLE_MILLIS;

    @Test
    void twoPlayersGetWhatFfmpegPublished_whileAThirdStands() throws Exception {
        try (Harness relay = new Harness(CONFIG, OPTIONS);
                UdpTap tap = new UdpTap(relay.port())) {
            String play = "srt://127.0.0.1:" + relay.port() + "?streamid=read:live/show" + LOSSLESS;
            try (Peer ffmpeg = ffmpeg("-f data -i " + play + " -map 0 -c copy -flush_packets 1 -f data -");
                    Peer transmit = Peer.start(
                            "stdbuf", "-o0", "srt-live-transmit", "-q", "-a:no", "-chunk:1316", play, "file://con");
                    Peer stopped = thirdPlayer(relay)) {
                LiveStream stream = relay.streams().find("live/show");
                List<StreamSink> players = List.copyOf(stream.sinks());
                try (Peer publisher = ffmpeg(h264(STOPPED_SECONDS) + " srt://127.0.0.1:" + tap.port()
                        + "?streamid=#!::r=live/show,m=publish&pkt_size=1316&linger=2")) {
                    assertThat(publisher.awaitExit(WAIT)).as(publisher.errors()).isZero();
                }
                Await.until("the publisher is gone", WAIT, () -> stream.source() == null);
                long dropped = stream.counters().droppedPackets.sum();
                System.out.printf("stopped for %d s: %d packets dropped for it%n", STOPPED_SECONDS, dropped);
                stopped.signal("CONT");
                byte[] sent = tap.payload();
                assertThat(sent.length).isGreaterThan(100_000 * STOPPED_SECONDS);
                assertThat(dropped).isPositive();
                assertThat(players.stream()
                                .filter(player ->
                                        player.counters().droppedPackets.sum() > 0)
                                .count())
                        .as("players that lost something")
                        .isEqualTo(1);
                awaitLength(sent.length, transmit.outputFile(), ffmpeg.outputFile());
                relay.relay().close();
                transmit.awaitExit(WAIT);
                ffmpeg.awaitExit(WAIT); // whether the end of a connection is an error depends on its version
                assertThat(transmit.output()).isEqualTo(sent);
                assertThat(ffmpeg.output()).isEqualTo(sent);
            }
        }
    }

    /** Starts it once the others are there, so that it is this one that is stopped. */
    private static Peer thirdPlayer(Harness relay) throws IOException, InterruptedException {
        awaitPlayers(relay, 2);
        Peer stopped = Stopped.player(relay.port(), "#!::r=live/show" + LOSSLESS, relay.callers());
        awaitPlayers(relay, 3);
        return stopped;
    }

    private static void awaitPlayers(Harness relay, int count) {
        Await.until(count + " players", WAIT, () -> {
            LiveStream stream = relay.streams().find("live/show");
            return stream != null && stream.sinks().size() == count;
        });
    }

    /** Before the relay ends: at the end of a connection a peer may throw away what it has not read. */
    private static void awaitLength(int bytes, Path... files) {
        for (Path file : files) {
            Await.until(bytes + " bytes in " + file, WAIT, () -> file.toFile().length() >= bytes);
        }
    }

    private static String h264(int seconds) {
        return "-re -f lavfi -i testsrc2=size=320x240:rate=25:duration=" + seconds
                + " -f lavfi -i sine=frequency=440:duration=" + seconds
                + " -c:v libx264 -preset ultrafast -b:v 2M -minrate 2M -maxrate 2M -bufsize 1M -g 25"
                + " -c:a aac -f mpegts -muxrate 2500k";
    }

    private static Peer ffmpeg(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-loglevel", "error"));
        command.addAll(List.of(arguments.split(" ")));
        return Peer.start(command);
    }
}
