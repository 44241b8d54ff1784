// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayRulesReader;
import io.github.srtnetty.relay.hook.HookServer;
import io.github.srtnetty.relay.hook.HookServer.Answer;
import io.github.srtnetty.relay.jwt.Minter;
import io.github.srtnetty.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What /metrics says about the hook and about JSON Web Tokens. */
class AuthMetricsTest {
    @TempDir
    Path folder;

    @Test
    void countQuestionsAndAnswersOfTheHook_andShowAnOutage() throws Exception {
        try (HookServer server = HookServer.start();
                Harness harness = new Harness(rules("{\"hook\": {\"url\": \"" + server.uri()
                        + "\", \"allowPrivate\": true, \"mode\": \"retry\"}}"))) {
            server.answer(question ->
                    new Answer(question.contains("good") ? 204 : question.contains("bad") ? 403 : 500, "", Map.of()));
            server.hold();
            assertThat(harness.code("read:good")).isEqualTo(1503);
            assertThat(harness.code("read:good")).as("shares the question").isEqualTo(1503);
            assertThat(harness.code("read:bad")).isEqualTo(1503);
            server.awaitRequests(2);
            assertThat(metrics(harness)).contains("relay_hook_pending 2.0");
            server.release();
            awaitMetric(harness, "relay_hook_pending 0.0");
            assertThat(harness.code("read:good")).isZero();
            assertThat(harness.code("read:bad")).isEqualTo(1403);
            for (int i = 1; i <= 5; i++) {
                assertThat(harness.code("read:broken" + i)).isEqualTo(1503);
                awaitMetric(harness, "relay_hook_answers_total{result=\"failed\"} " + i + ".0");
            }
            awaitMetric(harness, "relay_hook_down 1.0"); // a failure is counted before it has its effect
            assertThat(harness.code("read:broken6")).isEqualTo(1503);

            assertThat(metrics(harness))
                    .contains(
                            "relay_hook_callers_total{from=\"question\"} 7.0",
                            "relay_hook_callers_total{from=\"other-question\"} 1.0",
                            "relay_hook_callers_total{from=\"cache\"} 2.0",
                            "relay_hook_callers_total{from=\"outage\"} 1.0",
                            "relay_hook_answers_total{result=\"allowed\"} 1.0",
                            "relay_hook_answers_total{result=\"rejected\"} 1.0",
                            "relay_hook_down 1.0");
        }
    }

    @Test
    void countJsonWebTokensByResult() throws Exception {
        Minter minter = Minter.of("EdDSA");
        Files.write(folder.resolve("jwks.json"), Minter.keySet(minter));
        String claims = "{\"streams\":\"*\",\"role\":\"play\",\"exp\":";
        long now = Instant.now().getEpochSecond();
        String token = minter.mint(claims + (now + 60) + "}");
        String expired = minter.mint(claims + (now - 600) + "}");
        try (Harness harness = new Harness(rules("{\"jwt\": {\"file\": \"jwks.json\"}}"))) {
            assertThat(harness.code("read:a:me:" + token)).isZero();
            assertThat(harness.code("read:b:me:" + token)).isZero();
            assertThat(harness.code("read:a:me:" + expired)).isEqualTo(1401);

            assertThat(metrics(harness))
                    .contains(
                            "relay_jwt_checks_total{result=\"valid\"} 2.0",
                            "relay_jwt_checks_total{result=\"expired\"} 1.0",
                            "relay_jwt_checks_total{result=\"signature\"} 0.0",
                            "relay_jwt_remembered_total 1.0",
                            "relay_hook_down 0.0");
        }
    }

    private static void awaitMetric(Harness harness, String line) {
        Await.until(line, () -> metrics(harness).contains(line));
    }

    private static String metrics(Harness harness) {
        try {
            return harness.get("/metrics").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private RelayRules rules(String json) throws Exception {
        return RelayRulesReader.read(Files.writeString(folder.resolve("relay.json"), json));
    }
}
