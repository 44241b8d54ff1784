// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.relay.auth.StreamTokens;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import io.github.srtnetty.relay.hook.HookServer;
import io.github.srtnetty.relay.hook.HookServer.Answer;
import io.github.srtnetty.relay.jwt.Minter;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.RawHandshake;
import io.github.srtnetty.testing.RawPeer;
import io.github.srtnetty.testing.Sequence;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callers of a relay that decides by hashed tokens, addresses, JSON Web Tokens and an HTTP hook. */
class AuthRelayTest {
    private static final String RANDOM = TestSecrets.TOKEN + "-with-more-characters";
    private static final String OTHER = TestSecrets.WRONG_TOKEN + "-with-more-characters";

    @TempDir
    Path folder;

    @Test
    void admitsATokenOfWhichItKnowsTheHash_andDuringAChangeTheNextOneToo() throws Exception {
        String hashes = StreamTokens.hashOf(RANDOM) + " " + StreamTokens.hashOf(OTHER);
        try (Harness harness = harness("{\"streams\":{\"a\":{\"publishToken\":\"" + hashes + "\",\"playToken\":\""
                + StreamTokens.hashOf(TestSecrets.PASSPHRASE) + "\"}}}")) {
            assertThat(harness.code("publish:a:me:" + RANDOM)).isZero();
            Await.until("it has left", () -> harness.places().taken() == 0);
            assertThat(harness.code("publish:a:me:" + OTHER)).isZero();
            assertThat(harness.code("publish:a:me:" + TestSecrets.PASSPHRASE)).isEqualTo(1403);
            assertThat(harness.code("publish:a:me:" + hashes.substring(0, 40))).isEqualTo(1401);
            assertThat(harness.code("publish:a")).isEqualTo(1401);
            assertThat(harness.code("#!::r=a,s=" + TestSecrets.PASSPHRASE)).isZero();
        }
    }

    @Test
    void admitsAddressesByStreamAndRole() throws Exception {
        try (Harness harness = harness("""
                {"playDeny": "127.0.0.3", "streams": {
                  "studio": {"publishAllow": ["127.0.0.2", "192.0.2.0/24"], "playDeny": "127.0.0.2/31"},
                  "token": {"publishAllow": "127.0.0.2", "publishToken": "TOKEN"}}}
                """.replace("TOKEN", TestSecrets.TOKEN))) {
            assertThat(code(harness, 1, "publish:studio")).isEqualTo(1403);
            assertThat(code(harness, 2, "publish:studio")).isZero();
            assertThat(code(harness, 1, "read:studio")).isZero();
            assertThat(code(harness, 2, "read:studio")).isEqualTo(1403);
            assertThat(code(harness, 3, "read:studio")).isEqualTo(1403);
            assertThat(code(harness, 3, "read:other")).as("of all streams").isEqualTo(1403);
            assertThat(code(harness, 2, "read:other")).isZero();
            assertThat(code(harness, 1, "publish:token"))
                    .as("no name is given away")
                    .isEqualTo(1401);
            assertThat(code(harness, 1, "publish:token:me:" + TestSecrets.TOKEN))
                    .isEqualTo(1403);
            assertThat(code(harness, 2, "publish:token:me:" + TestSecrets.TOKEN))
                    .isZero();
        }
    }

    @Test
    void admitsAJsonWebToken_forItsStreamsAndRoles() throws Exception {
        Minter minter = Minter.of("ES256");
        Files.write(folder.resolve("jwks.json"), Minter.keySet(minter));
        long exp = Instant.now().getEpochSecond() + 60;
        String publish = minter.mint("{\"streams\":\"live/*\",\"role\":\"publish\",\"exp\":" + exp + "}");
        String old = minter.mint("{\"streams\":\"*\",\"role\":\"publish\",\"exp\":" + (exp - 600) + "}");
        String locked =
                minter.mint("{\"streams\":\"live/a\",\"role\":\"play\",\"exp\":" + exp + ",\"passphrase\":\"night\"}");
        String lost = minter.mint("{\"streams\":\"*\",\"role\":\"play\",\"exp\":" + exp + ",\"passphrase\":\"no\"}");
        try (Harness harness =
                harness("""
                {"jwt": {"file": "jwks.json"}, "passphrases": {"night": "SECRET"},
                 "streams": {"live/static": {"publishToken": "TOKEN"}}}
                """.replace("SECRET", TestSecrets.PASSPHRASE).replace("TOKEN", TestSecrets.TOKEN))) {
            assertThat(harness.code("#!::m=publish,r=live/a,s=" + publish)).isZero();
            assertThat(harness.code("publish:live/b:me:" + publish)).isZero();
            assertThat(harness.code("publish:live/static:me:" + TestSecrets.TOKEN))
                    .isZero();
            Await.until("they have left", () -> harness.places().taken() == 0);
            assertThat(harness.code("publish:live/static:me:" + publish)).isZero();
            assertThat(harness.code("publish:other:me:" + publish)).isEqualTo(1403);
            assertThat(harness.code("read:live/a:me:" + publish)).isEqualTo(1403);
            assertThat(harness.code("publish:live/a:me:" + old)).isEqualTo(1401);
            assertThat(harness.tokenBans().addresses())
                    .as("all of them were signed")
                    .isZero();
            assertThat(harness.code("publish:live/a")).isEqualTo(1401);
            assertThat(harness.code("publish:live/a:me:" + publish.substring(0, publish.length() - 9)))
                    .isEqualTo(1401);
            assertThat(harness.tokenBans().addresses()).isEqualTo(1);
            assertThat(harness.code("read:live/a:me:" + locked, "")).isNotZero();
            assertThat(harness.code("read:live/a:me:" + locked, TestSecrets.PASSPHRASE))
                    .isZero();
            assertThat(harness.code("read:live/a:me:" + lost)).isEqualTo(1401);
        }
    }

    @Test
    void holdsCallersUntilTheHookAnswers_andPassesOnWhatTheySentMeanwhile() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = harness(hook(server, "hold"))) {
            server.answer(question -> new Answer(question.contains("bad") ? 403 : 204, "", Map.of()));
            server.hold();
            Sequence.Checker held = new Sequence.Checker();
            SrtChannel publisher = harness.connect("publish:a", new ChannelInboundHandlerAdapter());
            SrtChannel player = harness.connect("read:a", held);
            SrtChannel bad = harness.connect("read:bad", new ChannelInboundHandlerAdapter());
            for (int i = 0; i < 20; i++) {
                publisher.writeAndFlush(Sequence.payload(i));
            }
            server.awaitRequests(3);
            assertThat(harness.streams().all()).isEmpty();
            assertThat(held.count()).isZero();

            server.release(question -> question.contains("read:a"));
            Await.until("the player is in", () -> harness.streams().find("a") != null);
            server.release();
            Await.until("the player has all", () -> held.count() == 20);
            assertThat(held.first()).isZero();
            assertThat(held.missing()).isZero();
            Await.until("the other one is closed", () -> !bad.isActive());
            assertThat(harness.code("read:bad")).as("now it is known").isEqualTo(1403);
            publisher.close();
            player.close();
            Await.until("all places are free", () -> harness.places().taken() == 0);
        }
    }

    /** A stranger must not keep the name of a stream while the hook is asked about it. */
    @Test
    void aHeldPublisherDoesNotTakeTheName() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = harness(hook(server, "hold"))) {
            server.answer(question -> new Answer(question.contains("right") ? 204 : 401, "", Map.of()));
            assertThat(harness.code("publish:a:me:right")).isZero();
            Await.until("it was let in and has left", () -> harness.places().taken() == 0 && server.requests() == 1);
            server.hold();
            SrtChannel stranger = harness.connect("publish:a:me:wrong", new ChannelInboundHandlerAdapter());

            SrtChannel owner = harness.connect("publish:a:me:right", new ChannelInboundHandlerAdapter());
            Await.until("it publishes", () -> harness.streams().find("a") != null);
            server.release();
            Await.until("the stranger is closed", () -> !stranger.isActive());
            Await.until("its token is counted", () -> harness.tokenBans().addresses() == 1);
            owner.close();
        }
    }

    @Test
    @Tag("slow")
    void closesAHeldConnection_whereTheHookDoesNotAnswerInTime_orThePeerLeaves() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = harness(hook(server, "hold"))) {
            server.hold();
            long start = System.nanoTime();
            SrtChannel leaver = harness.connect("read:a", new ChannelInboundHandlerAdapter());
            SrtChannel waiter = harness.connect("read:b", new ChannelInboundHandlerAdapter());
            leaver.close().sync();
            Await.until("one is left", () -> harness.places().taken() == 1);
            Await.until("it is closed", () -> !waiter.isActive());

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
            Await.until("all places are free", () -> harness.places().taken() == 0);
        }
    }

    @Test
    void rejectsWhileItAsks_andServesTheNextAttemptWithPassphraseAndOptions() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = harness(hook(server, "retry"))) {
            server.answer(question -> new Answer(
                    question.contains("bad") ? 404 : 200,
                    "{\"allow\":true,\"passphrase\":\"" + TestSecrets.PASSPHRASE + "\",\"options\":{\"latency\":700}}",
                    Map.of()));
            server.hold();
            assertThat(harness.code("publish:a", TestSecrets.PASSPHRASE)).isEqualTo(1503);
            assertThat(harness.code("publish:a", TestSecrets.PASSPHRASE)).isEqualTo(1503);
            assertThat(harness.code("publish:bad")).isEqualTo(1503);
            server.awaitRequests(2);
            server.release();
            Await.until("the answers are there", () -> code(harness, "publish:bad", "") == 1404);
            Await.until("the other one is, too", () -> code(harness, "publish:a", "") != 1503);
            assertThat(code(harness, "publish:a", ""))
                    .as("it needs the passphrase")
                    .isNotZero();
            ChannelFuture connected =
                    harness.tryConnect("publish:a", TestSecrets.PASSPHRASE, new ChannelInboundHandlerAdapter());
            assertThat(connected.await().isSuccess()).isTrue();
            SrtChannel channel = (SrtChannel) connected.channel();
            assertThat(channel.config().getOption(SrtChannelOption.SRTO_PEERLATENCY))
                    .isEqualTo(700);
            assertThat(server.requests()).isEqualTo(2);
            channel.close().sync();
        }
    }

    @Test
    void refusesAConfigurationWhoseKeysCannotBeUsed_atTheStartAndAtAReload() throws Exception {
        String wrong = "{\"jwt\": {\"file\": \"missing.json\"}}";
        assertThat(catchThrowable(() -> harness(wrong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing.json: no such file");
        try (Harness harness = harness("{}")) {
            assertThat(catchThrowable(() -> harness.relay().reload(new RelayConfig(load(wrong)))))
                    .isInstanceOf(IOException.class);
            assertThat(harness.code("read:a")).as("the old one is in effect").isZero();
        }
    }

    @Test
    void aReloadChangesTheKeys() throws Exception {
        Minter first = Minter.of("ES256");
        Minter second = Minter.of("EdDSA");
        Files.write(folder.resolve("first.json"), Minter.keySet(first));
        Files.write(folder.resolve("second.json"), Minter.keySet(second));
        String claims =
                "{\"streams\":\"*\",\"role\":\"play\",\"exp\":" + (Instant.now().getEpochSecond() + 60) + "}";
        try (Harness harness = harness("{\"jwt\": {\"file\": \"first.json\"}}")) {
            assertThat(harness.code("read:a:me:" + first.mint(claims))).isZero();
            harness.relay().reload(new RelayConfig(load("{\"jwt\": {\"file\": \"second.json\"}}")));
            assertThat(harness.code("read:a:me:" + first.mint(claims))).isEqualTo(1401);
            assertThat(harness.code("read:a:me:" + second.mint(claims))).isZero();
        }
    }

    private static String hook(HookServer server, String mode) {
        return "{\"hook\": {\"url\": \"" + server.uri() + "\", \"allowPrivate\": true, \"mode\": \"" + mode + "\"}}";
    }

    private static int code(Harness harness, String streamId, String passphrase) {
        try {
            return harness.code(streamId, passphrase);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the code for a caller from 127.0.0.{@code last}, which stays until the end of the call. */
    private static int code(Harness harness, int last, String streamId) throws IOException {
        InetAddress local = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        try (RawPeer peer = RawPeer.from(local, harness.relay().addresses().get(0))) {
            String result =
                    peer.connect(RawHandshake.conclusion().streamId(streamId)).toString();
            if (result.startsWith("CONNECTED")) {
                peer.shutdown();
                Await.until("it has left", () -> harness.places().taken() == 0);
                return 0;
            }
            return Integer.parseInt(result.replaceAll("\\D+", ""));
        }
    }

    private Harness harness(String json) throws Exception {
        return new Harness(load(json));
    }

    private RelayRules load(String json) throws IOException {
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), json));
    }
}
