// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.event.EventKind;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.LogRecorder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events reach a server signed, in order and again until it takes them; what it does not take is counted. */
class WebhooksTest {
    private static final String SECRET = "a-secret-of-the-test";
    private static final WebhookPolicy PATIENT = policy(Duration.ofSeconds(30));

    private Webhooks webhooks = new Webhooks("run", PATIENT);

    @AfterEach
    void close() {
        webhooks.close();
    }

    @Test
    void sendsEachEventSignedAndInOrder_andTheSameDeliveryAgainAfterAFailure() throws Exception {
        try (WebhookServer server = new WebhookServer(WebhookServer.status(503, 200, 429, 200, 408, 500, 204))) {
            use(server.url(), true);
            for (int i = 1; i <= 4; i++) {
                webhooks.accept(event(i));
            }
            Await.until("all are delivered", () -> counts().delivered().sum() == 4);

            assertThat(server.requests())
                    .extracting(request -> request.delivery() + "/" + request.attempt())
                    .containsExactly(
                            "run-1/1", "run-1/2", "run-2/1", "run-2/2", "run-3/1", "run-3/2", "run-3/3", "run-4/1");
            assertThat(server.requests())
                    .allMatch(request -> request.method().equals("POST"))
                    .allMatch(request -> request.isSignedWith(SECRET))
                    .noneMatch(request -> request.isSignedWith("another-secret-here"));
            assertThat(server.requests().get(0).body())
                    .startsWith("{\"instance\":\"run\",\"number\":1,\"streamNumber\":1,\"time\":\"")
                    .endsWith("\"kind\":\"publish\",\"stream\":\"x\",\"previous\":\"idle\",\"current\":\"live\","
                            + "\"details\":{\"players\":3}}");
            assertThat(counts().failed().sum()).isEqualTo(4);
            assertThat(counts().dropped().sum()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 404, 410})
    void dropsWhatTheServerRefuses_andFollowsNoRedirect(int status) throws Exception {
        try (WebhookServer other = new WebhookServer(WebhookServer.status(200));
                WebhookServer server = new WebhookServer((exchange, count) -> {
                    exchange.getResponseHeaders().set("Location", other.url());
                    exchange.sendResponseHeaders(count == 1 ? status : 200, -1);
                })) {
            use(server.url(), true);
            webhooks.accept(event(1));
            webhooks.accept(event(2));
            Await.until("the second is delivered", () -> counts().delivered().sum() == 1);
            assertThat(counts().dropped().sum()).isEqualTo(1);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void keepsTheLatestEvents_whileTheServerStandsStill() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (WebhookServer server = new WebhookServer((exchange, count) -> {
            await(mayAnswer);
            exchange.sendResponseHeaders(200, -1);
        })) {
            use(server.url(), true);
            webhooks.accept(event(1));
            Await.until("the first is under way", () -> !server.requests().isEmpty());
            IntStream.rangeClosed(2, 15).forEach(number -> webhooks.accept(event(number)));
            assertThat(counts().dropped().sum()).isEqualTo(4);
            assertThat(webhooks.queued("hook")).isEqualTo(10);
            mayAnswer.countDown();
            Await.until("the others are delivered", () -> counts().delivered().sum() == 11);
            assertThat(server.requests())
                    .extracting(WebhookServer.Request::delivery)
                    .endsWith(
                            "run-6", "run-7", "run-8", "run-9", "run-10", "run-11", "run-12", "run-13", "run-14",
                            "run-15");
        }
    }

    @Tag("slow")
    @Test
    void givesUpOnAnAnswerThatNeverEnds_andOnOneThatNeverComes() throws Exception {
        webhooks.close();
        webhooks = new Webhooks("run", policy(Duration.ofMillis(600)));
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (WebhookServer server = new WebhookServer((exchange, count) -> {
            String attempt = exchange.getRequestHeaders().getFirst("Srt-Netty-Attempt");
            if (attempt.equals("1")) {
                await(mayEnd);
            } else if (attempt.equals("2")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(1);
                exchange.getResponseBody().flush();
                await(mayEnd);
            } else {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[100_000]);
            }
        })) {
            use(server.url(), true);
            webhooks.accept(event(1));

            Await.until("it is delivered", () -> counts().delivered().sum() == 1);
            mayEnd.countDown();
            assertThat(counts().failed().sum())
                    .as("one more where the server stood for a moment")
                    .isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void callsNoPrivateAddress_unlessTheConfigurationAllowsIt() throws Exception {
        try (WebhookServer server = new WebhookServer(WebhookServer.status(200));
                LogRecorder log = new LogRecorder(Webhook.class)) {
            for (String host : List.of("127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433")) {
                use(server.url().replace("127.0.0.1", host), false);
                long before = counts().failed().sum();
                webhooks.accept(event(1));
                Await.until(host + " is refused", () -> counts().failed().sum() > before);
            }
            assertThat(server.requests()).isEmpty();
            assertThat(log.messages().toString())
                    .contains("webhook hook (http://127.0.0.1:", "127.0.0.1, which is not public; to allow it")
                    .doesNotContain("/hook", SECRET);
        }
    }

    @Test
    void sendsTheKindsThatAreConfigured_andKeepsItsQueueWhileNothingChanges() throws Exception {
        try (WebhookServer server = new WebhookServer(WebhookServer.status(500, 200))) {
            WebhookTarget drains =
                    new WebhookTarget("hook", URI.create(server.url()), SECRET, Set.of(EventKind.PUBLISH), true);
            webhooks.use(List.of(drains));
            webhooks.accept(
                    new RelayEvent(7, 1, Instant.now(), EventKind.DRAIN, null, "running", "draining", Map.of()));
            webhooks.accept(event(8));
            webhooks.use(List.of(drains));
            Await.until("it is delivered", () -> counts().delivered().sum() == 1);
            assertThat(server.requests())
                    .extracting(WebhookServer.Request::delivery)
                    .containsOnly("run-8");
            webhooks.use(List.of());
            webhooks.accept(event(9));
            assertThat(webhooks.queued("hook")).isZero();
        }
    }

    private static WebhookPolicy policy(Duration answer) {
        return new WebhookPolicy(
                Duration.ofSeconds(30),
                answer,
                Duration.ofMillis(5),
                Duration.ofMillis(20),
                Duration.ofMinutes(1),
                10,
                1024);
    }

    private void use(String url, boolean privateNetwork) {
        webhooks.use(List.of(new WebhookTarget("hook", URI.create(url), SECRET, Set.of(), privateNetwork)));
    }

    private WebhookCounts counts() {
        return webhooks.counts().get("hook");
    }

    private static RelayEvent event(long number) {
        return new RelayEvent(
                number, number, Instant.now(), EventKind.PUBLISH, "x", "idle", "live", Map.of("players", 3L));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
