// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.HandshakeStorm;
import io.github.srtnetty.testing.MemoryBound;
import io.github.srtnetty.testing.ProcessMemory;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.Sequence;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Thousands of hostile handshakes a second beside a stream. By hand for longer:
 * {@code -Dsrt.storm.seconds=20 -Dsrt.storm.rate=5000}. What it measured is printed.
 */
@Tag("slow")
class PublicPortTest {
    private static final int SECONDS = Integer.getInteger("srt.storm.seconds", 20);
    private static final int RATE = Integer.getInteger("srt.storm.rate", 5000);
    private static final int ADDRESSES = Integer.getInteger("srt.storm.addresses", 250);
    private static final int LATENCY_MILLIS = 4000;
    private static final long SEED = Long.getLong("srt.storm.seed", System.nanoTime());
    private static final String PUBLISH = "publish:studio:u:" + TestSecrets.TOKEN + "-to-publish";
    private static final String PLAY = "read:studio:u:" + TestSecrets.TOKEN + "-for-playing";
    private static final List<String> HOSTILE = List.of(
            "publish:studio:u:" + TestSecrets.WRONG_TOKEN,
            "read:studio:u:" + TestSecrets.WRONG_TOKEN,
            "publish:studio",
            "#!::r=other,m=publish",
            "#!::m=x",
            "x".repeat(512));

    @Test
    @SuppressWarnings("try") // a sender works by being there
    void aStreamLosesNothing_memoryIsBounded_andBansEnd() throws Exception {
        System.out.println("seed " + SEED);
        try (QuietLog quiet = new QuietLog();
                Harness harness = new Harness(rules(), "latency=" + LATENCY_MILLIS)) {
            Sequence.Checker player = new Sequence.Checker();
            connect(harness, PLAY, player);
            SrtChannel publisher = connect(harness, PUBLISH, new ChannelInboundHandlerAdapter());
            MemoryBound memory = new MemoryBound();
            try (Sequence.Sender stream = new Sequence.Sender(publisher, 5_000_000);
                    HandshakeStorm storm = storm(harness)) {
                Await.until("some are banned", () -> !bans(harness).isEmpty());
                Await.until(
                        "a caller with the right token behind a hostile address is let in",
                        Duration.ofSeconds(20),
                        () -> isLetIn(harness, storm.addresses().get(0)));
                report(harness, storm, memory);
                stream.close();
                Await.until("the last packet", Duration.ofSeconds(20), () -> player.last() == stream.sent() - 1);
                System.out.println(stream.sent() + " packets of the stream: " + player);
                assertThat(player.missing()).isZero();
                assertThat(player.count()).isEqualTo(stream.sent());
                assertThat(storm.connected()).isZero();
                assertThat(storm.rejected()).isPositive();
            }
            assertThat(harness.callers().accepted(Role.PUBLISH).sum()).isEqualTo(1);
            assertThat(harness.tokenBans().addresses()).isLessThanOrEqualTo(ADDRESSES);
            Await.until("the bans end", () -> bans(harness).isEmpty());
            memory.checkAtTheEnd();
        }
    }

    /**
     * Connects with time for many retransmissions. {@code tlpktdrop=0} does not suit, on either side: while a packet is
     * missing beyond its time, a thread of libsrt 1.5.1 spins, and the port receives nothing meanwhile.
     */
    private static SrtChannel connect(Harness harness, String streamId, ChannelHandler handler)
            throws InterruptedException {
        return (SrtChannel) new Bootstrap()
                .group(harness.group())
                .channel(SrtChannel.class)
                .handler(handler)
                .option(SrtChannelOption.SRTO_STREAMID, streamId)
                .option(SrtChannelOption.SRTO_LATENCY, LATENCY_MILLIS)
                .option(SrtChannelOption.SRTO_CONNTIMEO, 20_000)
                .connect(harness.relay().addresses().get(0))
                .sync()
                .channel();
    }

    /** Lets it last, and prints what happened. */
    private static void report(Harness harness, HandshakeStorm storm, MemoryBound memory) {
        long before = ProcessMemory.residentBytes();
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        Await.until("it lasted", Duration.ofSeconds(SECONDS + 30), () -> {
            memory.check();
            return System.nanoTime() - end > 0;
        });
        System.out.printf(
                "%d handshakes a second, %d rejected; resident memory grew by %d MiB meanwhile; %d bans; %s%n",
                storm.stop(),
                storm.rejected(),
                (ProcessMemory.residentBytes() - before) >> 20,
                bans(harness).size(),
                memory);
    }

    private static HandshakeStorm storm(Harness harness) throws IOException {
        return new HandshakeStorm(harness.relay().addresses().get(0), SEED, ADDRESSES, RATE, HOSTILE);
    }

    private static RelayRules rules() {
        return new RelayRules(
                Map.of(
                        RelaySetting.PUBLISH_TOKEN,
                        TestSecrets.TOKEN + "-to-publish",
                        RelaySetting.PLAY_TOKEN,
                        TestSecrets.TOKEN + "-for-playing",
                        RelaySetting.WRONG_TOKENS,
                        5,
                        RelaySetting.WRONG_TOKEN_BAN,
                        2),
                Map.of(),
                Map.of());
    }

    private static List<TokenBans.TokenBan> bans(Harness harness) {
        return harness.tokenBans().bans(System.nanoTime());
    }

    /** One try: a packet may be lost where the port's buffer is full. */
    private static boolean isLetIn(Harness harness, InetAddress address) {
        try (RawPeer peer = RawPeer.from(address, harness.relay().addresses().get(0))) {
            boolean connected =
                    peer.connect(RawHandshake.conclusion().streamId(PLAY)).isConnected();
            if (connected) {
                peer.shutdown();
            }
            return connected;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
