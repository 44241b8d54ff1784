// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Callers;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.github.srtnetty.testing.RawBlock;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.Sequence;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The accept filter decides once, and the connection gets what it decided. Limits hold for callers of the same moment
 * too.
 */
class AdmissionTest {
    private static final String SECRET = TestSecrets.PASSPHRASE;
    private static final String OPTIONS = "latency=200&tlpktdrop=0";

    @Test
    void twoStreamIdsInOneHandshake_doNotMakeAPlayerAPublisher() throws Exception {
        RelayRules playOpen = new RelayRules(Map.of(RelaySetting.PUBLISH_TOKEN, TestSecrets.TOKEN), Map.of(), Map.of());
        try (Harness harness = new Harness(playOpen)) {
            Sequence.Checker player = new Sequence.Checker();
            harness.connect("read:studio", player);
            Await.until("it plays", () -> harness.streams().find("studio") != null);

            try (RawPeer forger = raw(harness)) {
                forger.connect(twoIds("x".repeat(20) + ",mode:request", "/studio,mode:publish"));
                for (int i = 0; i < 20; i++) {
                    forger.send(new byte[] {(byte) i});
                }
                Await.until(
                        "it is rejected", () -> !harness.callers().rejected().isEmpty());
            }
            assertThat(harness.streams().find("studio").source()).isNull();
            assertThat(harness.streams().all()).hasSize(1);
            assertThat(harness.callers().accepted(Role.PUBLISH).sum()).isZero();
            assertThat(player.count()).isZero();
        }
    }

    /** libsrt shows the filter the second id with the end of the first: "demo-x", which may play. */
    @Test
    void twoStreamIdsInOneHandshake_closeTheConnection_andAreCounted() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT);
                RawPeer forger = raw(harness)) {
            forger.connect(twoIds("xxxx-x", "demo"));

            Await.until("it is closed", () -> harness.callers().twoStreamIds().sum() == 1);
            assertThat(harness.callers().accepted(Role.PLAY).sum()).isZero();
            assertThat(harness.get("/metrics").body()).contains("relay_two_stream_ids_total 1.0");
        }
    }

    @Test
    void twoStreamIdsInOneHandshake_doNotReachAStreamWithAPassphrase() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(),
                Map.of(
                        "priv",
                        Map.of(
                                StreamSetting.PASSPHRASE, SECRET,
                                StreamSetting.PUBLISH_TOKEN, TestSecrets.TOKEN,
                                StreamSetting.PLAY_TOKEN, TestSecrets.TOKEN)),
                Map.of());
        try (Harness harness = new Harness(config);
                RawPeer forger = raw(harness)) {
            forger.connect(twoIds("xxxx-x", "priv"));

            assertThat(harness.streams().all())
                    .noneMatch(stream -> stream.name().equals("priv"));
            if (harness.callers().rejected().isEmpty()) {
                Await.until(
                        "it is closed", () -> harness.callers().twoStreamIds().sum() == 1);
            }
            assertThat(harness.callers().accepted(Role.PLAY).sum()).isZero();
        }
    }

    @Test
    void aNewConfigurationBetweenDecisionAndAccept_changesNothing() throws Exception {
        int port = Peer.freePort();
        RelayRules cameras = new RelayRules(Map.of(), Map.of(), Map.of(port, "publish:camera"));
        try (Harness harness = new Harness(cameras, OPTIONS, port)) {
            Channel listener = harness.relay().listeners().get(0);
            listener.config().setAutoRead(false);
            listener.eventLoop().submit(() -> {}).sync(); // also after an accept that is under way
            ChannelFuture camera = harness.tryConnect("gate", "", new ChannelInboundHandlerAdapter());
            ChannelFuture unnamed = harness.tryConnect("", "", new ChannelInboundHandlerAdapter());
            assertThat(camera.await().isSuccess()).isTrue();
            assertThat(unnamed.await().isSuccess()).isTrue();

            harness.relay().reload(RelayConfig.DEFAULT);
            listener.config().setAutoRead(true);

            Await.until("both publish", () -> isPublished(harness, "gate") && isPublished(harness, "camera"));
        }
    }

    @Test
    void callersOfTheSameMoment_doNotExceedALimitTogether() throws Exception {
        RelayRules config = settings(Map.of(RelaySetting.MAX_CONNECTIONS, 30, RelaySetting.PUBLISHER_RESERVE, 0));
        try (Harness harness = new Harness(config)) {
            List<ChannelFuture> callers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                callers.add(harness.tryConnect("read:x", "", new ChannelInboundHandlerAdapter()));
            }
            List<Integer> codes = new ArrayList<>();
            for (ChannelFuture caller : callers) {
                caller.await();
                if (!caller.isSuccess()) {
                    codes.add(Callers.rejectCode(caller));
                }
            }

            assertThat(codes).hasSize(10).containsOnly(1402);
            Await.until("30 are in", () -> harness.places().connected() == 30);
            assertThat(harness.get("/metrics").body()).contains("relay_limited_callers_total{limit=\"connections\"}");
            callers.forEach(caller -> caller.channel().close());
            Await.until("all places are free", () -> harness.places().taken() == 0);
        }
    }

    @Test
    void playersLeaveRoomForPublishers() throws Exception {
        RelayRules config = settings(Map.of(RelaySetting.MAX_CONNECTIONS, 4, RelaySetting.PUBLISHER_RESERVE, 50));
        try (Harness harness = new Harness(config)) {
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            harness.connect("read:x", new ChannelInboundHandlerAdapter());

            assertThat(harness.code("read:x")).isEqualTo(1402);
            harness.connect("publish:x", new ChannelInboundHandlerAdapter());
        }
    }

    @Test
    void oneAddressDoesNotTakeThePlacesOfAnother() throws Exception {
        try (Harness harness = new Harness(settings(Map.of(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS, 1)))) {
            harness.connect("read:x", new ChannelInboundHandlerAdapter());

            assertThat(harness.code("publish:x")).isEqualTo(1402);
            try (RawPeer other = RawPeer.from(InetAddress.getByName("127.0.0.2"), address(harness))) {
                assertThat(other.connect(RawHandshake.conclusion().streamId("read:x")))
                        .hasToString("CONNECTED 5");
            }
        }
    }

    @Test
    void aPlayerThatSendsIsClosed_andCounted() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            SrtChannel sender = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            for (int i = 0; i < 20; i++) {
                sender.writeAndFlush(Sequence.payload(i));
            }

            Await.until("it is closed", () -> !sender.isActive());
            assertThat(harness.callers().sendingPlayers().sum()).isEqualTo(1);
        }
    }

    @Test
    void aStreamsPassphraseIsEnforced_whateverTheListenerSays() throws Exception {
        RelayRules config = new RelayRules(Map.of(), Map.of("a", Map.of(StreamSetting.PASSPHRASE, SECRET)), Map.of());
        try (Harness harness = new Harness(config, OPTIONS + "&enforcedencryption=0")) {
            assertThat(harness.code("read:a", "")).isNotZero();
            assertThat(harness.code("read:a", TestSecrets.WRONG_PASSPHRASE)).isNotZero();
            assertThat(harness.code("read:a", SECRET)).isZero();
        }
    }

    @Tag("slow")
    @Test
    void anAddressThatTriesTokensIsBanned_withARightOneThatIsShortToo() throws Exception {
        RelayRules config =
                settings(Map.of(RelaySetting.PUBLISH_TOKEN, TestSecrets.TOKEN, RelaySetting.WRONG_TOKEN_BAN, 6));
        try (Harness harness = new Harness(config)) {
            ban(harness);
            assertThat(harness.code("publish:x:me:" + TestSecrets.WRONG_TOKEN)).isEqualTo(1402);
            assertThat(TestSecrets.TOKEN).hasSizeLessThan(16);
            assertThat(harness.code("publish:x:me:" + TestSecrets.TOKEN)).isEqualTo(1402);
            Await.until(
                    "the ban ends",
                    () -> !harness.tokenBans().isBanned(address(harness).getAddress(), System.nanoTime()));
            assertThat(harness.code("publish:x:me:" + TestSecrets.TOKEN)).isZero();
        }
    }

    @Test
    void aBanForWrongTokens_doesNotLockOutOthersBehindTheSameAddress() throws Exception {
        String token = TestSecrets.TOKEN + "-that-nobody-guesses";
        try (Harness harness = new Harness(settings(Map.of(RelaySetting.PUBLISH_TOKEN, token)))) {
            ban(harness);

            assertThat(harness.code("publish:x:me:" + TestSecrets.WRONG_TOKEN)).isEqualTo(1402);
            assertThat(harness.code("publish:x")).isEqualTo(1401);
            assertThat(harness.code("publish:x:me:" + token)).isZero();
            assertThat(harness.code("read:x")).as("needs no token").isZero();
            assertThat(harness.code("publish:y:me:" + TestSecrets.WRONG_TOKEN)).isEqualTo(1402);
        }
    }

    @Test
    void anAddressThatCallsTooOften_doesNotLockOutATokenBehindIt() throws Exception {
        String token = TestSecrets.TOKEN + "-that-nobody-guesses";
        RelayRules config = settings(Map.of(
                RelaySetting.PUBLISH_TOKEN,
                token,
                RelaySetting.HANDSHAKES_PER_SECOND,
                1,
                RelaySetting.HANDSHAKE_BURST,
                3,
                RelaySetting.WRONG_TOKENS,
                1000));
        try (Harness harness = new Harness(config)) {
            Await.until("it called too often", () -> code(harness, "publish:x:me:wrong", "") == 1402);

            assertThat(harness.code("publish:x:me:" + token)).isZero();
        }
    }

    @Test
    void usersWithDifferentTokens_doNotTakeEachOthersPlaces() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.MAX_CONNECTIONS_PER_ADDRESS, 1),
                Map.of(
                        "a", Map.of(StreamSetting.PLAY_TOKEN, "token-a"),
                        "b", Map.of(StreamSetting.PLAY_TOKEN, "token-b")),
                Map.of());
        try (Harness harness = new Harness(config)) {
            harness.connect("read:a:u:token-a", new ChannelInboundHandlerAdapter());

            assertThat(harness.code("read:a:u:token-a")).isEqualTo(1402);
            harness.connect("read:b:u:token-b", new ChannelInboundHandlerAdapter());
            harness.connect("read:c:u:x", new ChannelInboundHandlerAdapter());
            assertThat(harness.code("read:c:u:y"))
                    .as("a token that nobody asked for counts as none")
                    .isEqualTo(1402);
        }
    }

    @Test
    void aCallerWithAWrongPassphrase_doesNotKeepAPlace() throws Exception {
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.MAX_CONNECTIONS, 1),
                Map.of("a", Map.of(StreamSetting.PASSPHRASE, SECRET)),
                Map.of());
        try (Harness harness = new Harness(config)) {
            assertThat(harness.code("publish:a", TestSecrets.WRONG_PASSPHRASE)).isEqualTo(10);

            Await.until("the place is free", Duration.ofSeconds(20), () -> code(harness, "publish:a", SECRET) == 0);
        }
    }

    @Test
    void onlyATokenThatIsWrongCountsAsATry() throws Exception {
        try (Harness harness = new Harness(settings(Map.of(RelaySetting.PUBLISH_TOKEN, TestSecrets.TOKEN)))) {
            assertThat(harness.code("publish:x")).isEqualTo(1401);
            assertThat(harness.code("publish:x:me:" + TestSecrets.TOKEN)).isZero();
            assertThat(harness.tokenBans().addresses()).isZero();

            assertThat(harness.code("publish:x:me:" + TestSecrets.WRONG_TOKEN)).isEqualTo(1401);
            assertThat(harness.tokenBans().addresses()).isEqualTo(1);
        }
    }

    private static int code(Harness harness, String streamId, String passphrase) {
        try {
            return harness.code(streamId, passphrase);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RawPeer raw(Harness harness) throws IOException {
        return RawPeer.to(address(harness));
    }

    private static InetSocketAddress address(Harness harness) {
        return harness.relay().addresses().get(0);
    }

    private static RawHandshake twoIds(String first, String second) {
        return RawHandshake.conclusion(List.of(RawBlock.live(), RawBlock.streamId(first), RawBlock.streamId(second)));
    }

    private static boolean isPublished(Harness harness, String name) {
        LiveStream stream = harness.streams().find(name);
        return stream != null && stream.source() != null;
    }

    private static void ban(Harness harness) throws IOException {
        RelayRules rules = harness.state().rules();
        for (int i = 0; i < rules.number(RelaySetting.WRONG_TOKENS); i++) {
            harness.tokenBans().add(address(harness).getAddress(), rules, System.nanoTime());
        }
    }

    private static RelayRules settings(Map<RelaySetting, Object> settings) {
        return new RelayRules(settings, Map.of(), Map.of());
    }
}
