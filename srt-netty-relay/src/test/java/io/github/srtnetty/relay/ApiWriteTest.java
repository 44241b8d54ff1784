// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.srtnetty.relay.api.ApiService;
import io.github.srtnetty.relay.auth.ApiRole;
import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.auth.ApiToken;
import io.github.srtnetty.relay.auth.TokenHash;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The part of the control API that changes something. */
class ApiWriteTest {
    @Test
    void disconnectsAPlayer_andAPublisher_whoMayComeBack() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var publisher = harness.connect("publish:x", new ChannelInboundHandlerAdapter());
            var player = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            String playerId = awaitId(harness, "/api/v1/players");

            assertThat(status(harness, "DELETE", "/api/v1/players/" + playerId, ""))
                    .isEqualTo(204);
            player.closeFuture().sync();
            assertThat(publisher.isOpen()).isTrue();
            assertThat(status(harness, "DELETE", "/api/v1/publishers/" + awaitId(harness, "/api/v1/publishers"), ""))
                    .isEqualTo(204);
            publisher.closeFuture().sync();
            Await.until("both are out", () -> harness.streams().all().isEmpty());
            assertThat(status(harness, "DELETE", "/api/v1/players/" + playerId, ""))
                    .isEqualTo(404);
            assertThat(harness.code("read:x")).isZero();
        }
    }

    @Test
    void disconnectsWithACode_whichTheNextAttemptsGet_forThisStreamOnly() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var player = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            String id = awaitId(harness, "/api/v1/players");

            assertThat(status(harness, "DELETE", "/api/v1/players/" + id + "?code=1423&seconds=600", ""))
                    .isEqualTo(204);
            player.closeFuture().sync();
            assertThat(harness.code("read:x")).isEqualTo(1423);
            assertThat(harness.code("read:y")).isZero();
            String bans = harness.get("/api/v1/bans").body();
            assertThat(bans).contains("\"address\":\"127.0.0.1\",\"stream\":\"x\",\"code\":1423", "by local");
            assertThat(status(harness, "DELETE", "/api/v1/bans/" + id(bans), ""))
                    .isEqualTo(204);
            assertThat(harness.code("read:x")).isZero();
        }
    }

    @Test
    void bansAnAddressOrAStream() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String answer = post(harness, "/api/v1/bans", "{\"stream\":\"x\",\"seconds\":60,\"note\":\"test\"}");
            assertThat(answer).startsWith("HTTP/1.1 201 ").contains("location: /api/v1/bans/" + id(answer));
            assertThat(harness.get("/api/v1/bans/" + id(answer)).body()).contains("\"code\":1403", "\"note\":\"test\"");
            assertThat(harness.code("publish:x")).isEqualTo(1403);
            assertThat(harness.code("publish:y")).isZero();
            post(harness, "/api/v1/bans", "{\"address\":\"127.0.0.0/8\",\"code\":1402}");
            assertThat(harness.code("publish:z")).isEqualTo(1402);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                       | needs address, stream or both
            {"address":"localhost"}                  | is neither an IP address
            {"address":"192.0.2.1/24"}               | bits set beyond
            {"address":7}                            | address must be a string
            {"stream":""}                            | stream must have 1 to 255
            {"stream":"x","code":403}                | code must be a whole number
            {"stream":"x","code":"1403"}             | code must be a whole number
            {"stream":"x","seconds":0}               | seconds must be a whole number
            {"stream":"x","seconds":1.5}             | must be a string or a whole number
            {"stream":"x","seconds":99999999999999999999} | not JSON
            {"stream":"x","until":"never"}           | unknown field
            {"stream":"x","stream":"y"}              | repeats a field
            {"stream":"x"} x                         | not JSON
            {"stream":"x"}{}                         | unexpected content
            {"stream":                               | not JSON
            []                                       | must be an object
            {"stream":["x"]}                         | must be a string
            """)
    void refusesABanThatMakesNoSense(String body, String reason) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            assertThat(post(harness, "/api/v1/bans", body))
                    .startsWith("HTTP/1.1 400 ")
                    .contains(reason);
            assertThat(harness.get("/api/v1/bans").body()).contains("\"total\":0");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Type: text/plain                                                | 415
            X-None: x                                                               | 415
            Content-Type: application/json; charset=utf-8                           | 201
            Content-Type: application/json~Origin: http://localhost                 | 201
            Content-Type: application/json~Sec-Fetch-Site: same-origin              | 201
            Content-Type: application/json~Origin: http://attacker.example          | 403
            Content-Type: application/json~Origin: http://localhost.attacker.example | 403
            Content-Type: application/json~Origin: null                             | 403
            Content-Type: application/json~Sec-Fetch-Site: cross-site               | 403
            Content-Type: application/json~Sec-Fetch-Site: same-site                | 403
            """)
    void aPageOfAnotherSiteChangesNothing(String headers, int status) throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String body = "{\"stream\":\"x\"}";
            String answer = harness.raw("POST /api/v1/bans HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + headers.replace("~", "\r\n") + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void drains() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            var player = harness.connect("read:x", new ChannelInboundHandlerAdapter());
            awaitId(harness, "/api/v1/players");
            assertThat(status(harness, "POST", "/api/v1/drain", "")).isEqualTo(204);
            assertThat(harness.code("read:x")).isEqualTo(1503);
            assertThat(harness.get("/healthz").statusCode()).isEqualTo(503);
            assertThat(player.isOpen()).isTrue();
        }
    }

    @Test
    void reloadsWithItsSourceOnly() throws Exception {
        try (Harness harness = new Harness(RelayRules.DEFAULT)) {
            String answer = harness.raw(request("POST", "/api/v1/reload", ""));
            assertThat(answer).startsWith("HTTP/1.1 422 ").contains("was started without --config");
        }
    }

    @Test
    void eachRoleMayDoWhatItIsFor_andTheLogHasWhoChangedWhat() throws Exception {
        List<ApiToken> tokens = new ArrayList<>();
        for (ApiRole role : ApiRole.values()) {
            tokens.add(new ApiToken("own-" + role, role, TokenHash.of("s3cr3t-token-of-" + role)));
        }
        ApiRules api = new ApiRules(tokens, List.of(), List.of(), ProxyHeader.X_FORWARDED_FOR, null);
        ((Logger) LoggerFactory.getLogger(ApiService.class)).setLevel(Level.INFO);
        try (Harness harness = new Harness(new RelayRules(Map.of(), Map.of(), Map.of(), api));
                LogRecorder log = new LogRecorder(ApiService.class)) {
            for (ApiRole role : ApiRole.values()) {
                boolean operator = role.covers(ApiRole.OPERATOR);
                assertThat(status(harness, "GET", "/api/v1/bans", bearer(role))).isEqualTo(200);
                assertThat(status(harness, "DELETE", "/api/v1/bans/none", bearer(role)))
                        .isEqualTo(operator ? 404 : 403);
                assertThat(status(harness, "POST", "/api/v1/reload", bearer(role)))
                        .isEqualTo(role == ApiRole.ADMIN ? 422 : 403);
            }
            assertThat(log.messages())
                    .contains("INFO api: own-operator (operator) of 127.0.0.1: DELETE /api/v1/bans/none: 404");
            assertThat(log.messages().toString()).doesNotContain("s3cr3t");
        }
    }

    private static String bearer(ApiRole role) {
        return "Authorization: Bearer s3cr3t-token-of-" + role + "\r\n";
    }

    private static String request(String method, String path, String headers) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Connection: close\r\n\r\n";
    }

    private static int status(Harness harness, String method, String path, String headers) throws Exception {
        return Integer.parseInt(harness.raw(request(method, path, headers)).substring(9, 12));
    }

    private static String post(Harness harness, String path, String body) throws Exception {
        String headers = "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return harness.raw(request("POST", path, headers) + body);
    }

    private static String awaitId(Harness harness, String list) {
        Await.until("one is in " + list, () -> get(harness, list).contains("\"total\":1"));
        return id(get(harness, list));
    }

    private static String get(Harness harness, String path) {
        try {
            return harness.get(path).body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String id(String json) {
        Matcher found = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(json);
        assertThat(found.find()).as(json).isTrue();
        return found.group(1);
    }
}
