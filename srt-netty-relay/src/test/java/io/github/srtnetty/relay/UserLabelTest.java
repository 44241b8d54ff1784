// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.relay.hook.HookServer;
import io.github.srtnetty.relay.hook.HookServer.Answer;
import io.github.srtnetty.relay.jwt.Minter;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name of a user, from the stream id, a JSON Web Token or the hook, wherever the relay shows a connection. */
class UserLabelTest {
    @TempDir
    Path folder;

    @Test
    void isShownInTheApi_onThePages_andInEvents() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("#!::m=publish,r=x,u=studio 2", new ChannelInboundHandlerAdapter());
            harness.connect("read:x:ann:none", new ChannelInboundHandlerAdapter());
            harness.connect("read:x", new ChannelInboundHandlerAdapter());
            harness.awaitMembers(3);

            assertThat(harness.get("/api/v1/publishers").body()).contains("\"label\":\"studio 2\"");
            assertThat(harness.get("/api/v1/streams/x").body()).contains("\"label\":\"studio 2\"");
            assertThat(harness.get("/api/v1/players").body()).containsOnlyOnce("\"label\":\"ann\"");
            assertThat(harness.get("/streams").body()).contains("\"label\":\"studio 2\"", "\"label\":\"ann\"");
            assertThat(harness.get("/stats").body()).contains("\"label\":\"studio 2\"");
            Await.until(
                    "the page has it", () -> body(harness, "/api/v1/dashboard").contains("\"label\":\"studio 2\""));
            assertThat(body(harness, "/api/v1/dashboard?stream=x"))
                    .contains("\"label\":\"studio 2\"", "\"label\":\"ann\"");
            Await.until("the events are there", () -> events(harness).size() == 3);
            assertThat(events(harness).stream().map(event -> event.details().get("label")))
                    .containsExactlyInAnyOrder("studio 2", "ann", null); // accepted on several loops
        }
    }

    @Test
    void isEscapedAndCut() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            harness.connect("#!::m=publish,r=x,u=a\u202Eb\u0007c\\d" + "é".repeat(100), handler());
            String shown = "a\\u202eb\\u0007c\\\\d" + "é".repeat(Connection.MOST_USER_CHARS - 7);
            assertThat(publisher(harness, "x").label()).isEqualTo(shown);
            Await.until("the event is there", () -> !events(harness).isEmpty());
            RelayEvent event = events(harness).get(0);
            assertThat(event.details()).containsEntry("label", shown);
        }
    }

    @Test
    void isThatOfTheToken_notTheOneThatTheCallerGivesItself() throws Exception {
        Minter minter = Minter.of("EdDSA");
        Files.write(folder.resolve("jwks.json"), Minter.keySet(minter));
        String claims = "{\"streams\":\"*\",\"role\":\"publish\",\"exp\":"
                + (Instant.now().getEpochSecond() + 60) + ",\"sub\":SUB}";
        String named = minter.mint(claims.replace("SUB", "\"ann\""));
        String odd = minter.mint(claims.replace("SUB", "7"));
        try (Harness harness = new Harness(rules("{\"jwt\": {\"file\": \"jwks.json\"}}"))) {
            harness.connect("publish:a:root:" + named, handler());
            harness.connect("publish:b:me:" + odd, handler());

            assertThat(publisher(harness, "a").label()).isEqualTo("ann");
            assertThat(publisher(harness, "b").label()).isEqualTo("me");
        }
    }

    @Test
    void isThatOfTheHook_whetherItsAnswerIsKnownOrNot() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = new Harness(rules("{\"hook\": {\"url\": \"" + server.uri()
                        + "\", \"allowPrivate\": true, \"mode\": \"hold\"}}"))) {
            server.answer(question -> question.contains("plain")
                    ? new Answer(204, "", Map.of())
                    : new Answer(200, "{\"allow\":true,\"user\":\"ann\"}", Map.of()));
            String id = "publish:a:root:x";
            harness.connect(id, handler());
            assertThat(publisher(harness, "a").label()).isEqualTo("ann");
            publisher(harness, "a").channel().close();
            Await.until("it has left", () -> harness.places().taken() == 0);
            harness.connect(id, handler());
            harness.connect("publish:plain:me:x", handler());

            assertThat(publisher(harness, "a").label()).isEqualTo("ann");
            assertThat(publisher(harness, "plain").label()).isEqualTo("me");
            assertThat(server.requests()).isEqualTo(2);
        }
    }

    /** Returns what happened to publishers and players; a publisher that is silent for seconds raises an alarm. */
    private static List<RelayEvent> events(Harness harness) {
        return harness.relay().parts().events().recent().after(0, "x").stream()
                .filter(event -> event.kind() == EventKind.PUBLISH || event.kind() == EventKind.PLAY)
                .toList();
    }

    private static ChannelInboundHandlerAdapter handler() {
        return new ChannelInboundHandlerAdapter();
    }

    /** Returns the publisher once its stream has it: a place counts from the decision about the caller on. */
    private static Connection publisher(Harness harness, String name) {
        Await.until(name + " has a publisher", () -> {
            LiveStream found = harness.streams().find(name);
            return found != null && found.source() != null;
        });
        LiveStream stream = Objects.requireNonNull(harness.streams().find(name));
        StreamSource source = Objects.requireNonNull(stream.source());
        return source.connection();
    }

    private static String body(Harness harness, String path) {
        try {
            return harness.get(path).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private RelayRules rules(String json) throws Exception {
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), json));
    }
}
