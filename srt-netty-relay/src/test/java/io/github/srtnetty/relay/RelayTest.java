// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.Sequence;
import io.github.srtnetty.testing.TestSecrets;
import io.github.srtnetty.testing.UdpTap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in, who is not, and what happens when publishers come and go. */
@Tag("slow")
@SuppressWarnings("try") // a peer and a sender work by being there
class RelayTest {
    private static final long RATE = 2_000_000;
    private static final String SECRET = TestSecrets.PASSPHRASE;
    private static final String PUBLISH_TOKEN = TestSecrets.MARK + "-pub";
    private static final String PLAY_TOKEN = TestSecrets.MARK + "-play";
    private static final RelayRules GUARDED = new RelayRules(
            Map.of(RelaySetting.UNLISTED_STREAMS, "reject"),
            Map.of(
                    "a", Map.of(StreamSetting.PUBLISH_TOKEN, PUBLISH_TOKEN, StreamSetting.PLAY_TOKEN, PLAY_TOKEN),
                    "locked", Map.of(StreamSetting.PASSPHRASE, SECRET)),
            Map.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    publish:a:me:s3cr3t-pub              |    0
                    read:a:me:s3cr3t-play                |    0
                    publish:a                            | 1401
                    publish:a:me:s3cr3t-wrong            | 1401
                    publish:a:me:s3cr3t-play             | 1403
                    read:a:me:s3cr3t-pub                 | 1403
                    publish:unknown                      | 1401
                    publish:unknown:me:s3cr3t-pub        | 1401
                    '#!::r=a,m=bidirectional'              | 1405
                    '#!::no-equals-sign'                   | 1400
                    ''                                   | 1400
                    """)
    void answersWithTheRightCode(String id, int code) throws Exception {
        try (Harness harness = new Harness(GUARDED)) {
            assertThat(harness.code(id)).isEqualTo(code);
            Await.until("nobody is in", () -> harness.streams().all().isEmpty());
            assertThat(harness.callers().rejected()).hasSize(code == 0 ? 0 : 1);
        }
    }

    @Test
    void revealsWhichNamesThereAre_onlyToACallerWithTheTokenOfAll() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.UNLISTED_STREAMS, "reject", RelaySetting.PUBLISH_TOKEN, PUBLISH_TOKEN),
                Map.of("a", Map.of()),
                Map.of());
        try (Harness harness = new Harness(config)) {
            assertThat(harness.code("publish:a")).isEqualTo(1401);
            assertThat(harness.code("publish:unknown")).isEqualTo(1401);
            assertThat(harness.code("read:unknown")).isEqualTo(1401);
            assertThat(harness.code("publish:unknown:me:s3cr3t-pub")).isEqualTo(1404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "srt://:0?adapter=127.0.0.1",
        "srt://:0?bind=127.0.0.1:0",
        "srt://0.0.0.0:0?mode=listener&adapter=127.0.0.1"
    })
    void listensOnlyWhereItIsTold(String address) throws Exception {
        try (RelayServer relay = RelayServer.start(List.of(SrtUri.parse(address)), null, RelayConfig.DEFAULT)) {
            assertThat(relay.addresses().get(0).getAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
        }
    }

    @Test
    void takesIdsOf512Bytes_butNoNamesOfThatLength() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String known = "#!::m=publish,r=x,bmd_name=";
            assertThat(harness.code("publish:" + "x".repeat(504))).isEqualTo(1400);
            assertThat(harness.code("#".repeat(512))).isEqualTo(1400);
            assertThat(harness.code(known + "y".repeat(512 - known.length()))).isZero();
        }
    }

    @Test
    void aStreamWithAPassphraseTakesNobodyWithoutIt() throws Exception {
        try (Harness harness = new Harness(GUARDED)) {
            assertThat(harness.code("publish:locked", SECRET)).isZero();
            assertThat(harness.code("publish:locked", TestSecrets.WRONG_PASSPHRASE))
                    .isNotZero();
            assertThat(harness.code("publish:locked", "")).isNotZero();
            Await.until("nobody is in", () -> harness.streams().all().isEmpty());
        }
    }

    @Test
    void rejectsWhoIsTooMany() throws Exception {
        try (Harness harness = new Harness(settings(RelaySetting.MAX_CONNECTIONS, 1))) {
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            Await.until("one is in", () -> harness.places().connected() == 1);

            assertThat(harness.code("read:x")).isEqualTo(1402);
        }
    }

    @Test
    void rejectsASecondPublisher_andTheFirstIsUntouched() throws Exception {
        RelayRules patient = new RelayRules(
                Map.of(RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000, RelaySetting.QUEUE_MILLIS, 60_000),
                Map.of(),
                Map.of());
        try (Harness harness = new Harness(patient)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.connect("read:x", player);
            SrtChannel first = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            try (Sequence.Sender sender = new Sequence.Sender(first, RATE)) {
                awaitCount(player, 50);

                assertThat(harness.code("publish:x")).isEqualTo(1409);
                assertThat(harness.code("#!::r=x,m=publish")).isEqualTo(1409);

                awaitCount(player, 300);
                assertThat(first.isActive()).isTrue();
            }
            assertThat(player.missing()).isZero();
        }
    }

    @Test
    void rejectsAPlayerOfNothing_whereItShall() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.PLAYERS_BEFORE_PUBLISHER, "reject", RelaySetting.SILENT_PUBLISHER_MILLIS, 60_000),
                Map.of(),
                Map.of());
        try (Harness harness = new Harness(config)) {
            assertThat(harness.code("read:x")).isEqualTo(1404);
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            try (Sequence.Sender sender = new Sequence.Sender(publisher, RATE)) {
                Await.until("the stream lives", () -> isLive(harness));
                assertThat(harness.code("read:x")).isZero();
            }
        }
    }

    @Test
    void playersStayAndGoOn_whenThePublisherIsBack() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            Sequence.Checker player = new Sequence.Checker();
            SrtChannel playing = harness.connect("read:x", player);
            for (int round = 1; round <= 3; round++) {
                SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
                try (Sequence.Sender sender = new Sequence.Sender(publisher, RATE)) {
                    awaitCount(player, round * 100);
                }
                publisher.close().sync();
                Await.until(
                        "the publisher is gone",
                        () -> harness.streams().find("x").source() == null);
            }

            assertThat(playing.isActive()).isTrue();
            assertThat(player.isDamaged()).isFalse();
        }
    }

    @Test
    void playersStayAndGoOn_whenThePublishersCableWasPulled() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT, "latency=200&tlpktdrop=0&peeridletimeo=60000")) {
            Sequence.Checker player = new Sequence.Checker();
            SrtChannel playing = harness.connect("read:x", player);
            try (UdpTap cable = new UdpTap(harness.port());
                    Sequence.Sender sender = new Sequence.Sender(publishThrough(cable, harness), RATE)) {
                awaitCount(player, 100);
            }
            long start = System.nanoTime();
            ChannelFuture back = publish(harness);
            while (!back.await().isSuccess()) {
                assertThat(Callers.rejectCode(back)).isEqualTo(1409);
                back = publish(harness);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

            long before = player.count();
            try (Sequence.Sender sender = new Sequence.Sender(back.channel(), RATE)) {
                awaitCount(player, before + 100);
            }
            assertThat(playing.isActive()).isTrue();
        }
    }

    @Test
    void aSilentPublisherGivesItsNameToTheNext() throws Exception {
        try (Harness harness = new Harness(settings(RelaySetting.SILENT_PUBLISHER_MILLIS, 3_600_000))) {
            SrtChannel first = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            Await.until("it is in", () -> isLive(harness));
            StreamSource silent = harness.streams().find("x").source();
            assertThat(harness.code("publish:x")).isEqualTo(1409);
            harness.state().replaceRules(settings(RelaySetting.SILENT_PUBLISHER_MILLIS, 500));
            Await.until("it is silent", () -> !isLive(harness));

            SrtChannel second = harness.connect("publish:x", new ChannelInboundHandlerAdapter());

            Await.until("the first is closed", () -> !first.isActive());
            assertThat(second.isActive()).isTrue();
            assertThat(harness.streams().find("x").source()).isNotNull().isNotSameAs(silent);
        }
    }

    @Test
    void aDeviceWithoutStreamIdGetsThatOfItsPort() throws Exception {
        int port = Peer.freePort();
        RelayRules config = new RelayRules(Map.of(), Map.of(), Map.of(port, "publish:camera"));
        try (Harness harness = new Harness(config, "latency=200&tlpktdrop=0", port)) {
            harness.connect("", new ChannelInboundHandlerAdapter());
            harness.connect("other", new ChannelInboundHandlerAdapter());

            Await.until(
                    "both publish",
                    () -> harness.streams().all().stream()
                                    .filter(stream -> stream.source() != null)
                                    .count()
                            == 2);
            assertThat(harness.streams().find("camera")).isNotNull();
            assertThat(harness.streams().find("other")).isNotNull();
        }
    }

    @Test
    void disconnectsASlowPlayer_whereItShall_andNoOther() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.SLOW_PLAYER, "disconnect", RelaySetting.QUEUE_MILLIS, 5000), Map.of(), Map.of());
        try (Harness harness = new Harness(config, "latency=200&sndbuf=100000&peeridletimeo=60000&tlpktdrop=0")) {
            Sequence.Checker other = new Sequence.Checker();
            harness.connect("read:x", other);
            SrtChannel publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            try (Peer stopped = Stopped.player(harness.port(), "read:x", harness.callers());
                    Sequence.Sender sender = new Sequence.Sender(publisher, RATE)) {
                Await.until(
                        "the slow one is out",
                        Duration.ofSeconds(30),
                        () -> harness.streams().total().slowDisconnects.sum() == 1);
                awaitCount(other, 500);
                assertThat(stopped.errors()).isEmpty();
            }
            assertThat(other.missing()).isZero();
        }
    }

    private static ChannelFuture publish(Harness harness) {
        return harness.tryConnect("publish:x", "", new ChannelInboundHandlerAdapter());
    }

    private static Channel publishThrough(UdpTap cable, Harness harness) throws InterruptedException {
        return Callers.connectInProcess(
                        harness.group(), cable.port(), "publish:x", "", new ChannelInboundHandlerAdapter())
                .sync()
                .channel();
    }

    private static RelayRules settings(RelaySetting setting, Object value) {
        return new RelayRules(Map.of(setting, value), Map.of(), Map.of());
    }

    private static boolean isLive(Harness harness) {
        LiveStream stream = harness.streams().find("x");
        return stream != null && stream.isLive();
    }

    private static void awaitCount(Sequence.Checker player, long count) {
        Await.until(count + " packets", () -> player.count() >= count);
    }
}
