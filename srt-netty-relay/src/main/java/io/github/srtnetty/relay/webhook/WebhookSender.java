// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.event.EventJson;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.outgoing.Networks;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one event to one server. Redirects are not followed and no proxy is used, since both would lead to an address
 * that was not checked. Blocks.
 */
final class WebhookSender {
    private final HttpClient client;
    private final WebhookPolicy policy;
    private final String instance;

    /**
     * Creates a sender.
     *
     * @param instance the id of this run of the relay
     */
    WebhookSender(WebhookPolicy policy, String instance) {
        this.policy = policy;
        this.instance = instance;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(policy.connect())
                .build();
    }

    Attempt send(WebhookTarget target, RelayEvent event, int attempt) throws InterruptedException {
        String complaint = target.privateNetwork() ? "" : complaint(target.url());
        if (!complaint.isEmpty()) {
            return Attempt.failed(complaint);
        }
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request(target, event, attempt), response -> new LimitedDiscard(policy.answerBytes()));
        try {
            HttpResponse<Void> response = answer.get(policy.answer().toMillis(), TimeUnit.MILLISECONDS);
            return Attempt.answered(response.statusCode(), retryAfter(response));
        } catch (TimeoutException e) {
            return Attempt.failed("no answer within " + policy.answer().toMillis() + " ms");
        } catch (ExecutionException e) {
            return Attempt.failed(reason(e.getCause() == null ? e : e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private HttpRequest request(WebhookTarget target, RelayEvent event, int attempt) {
        byte[] content = Json.value(json -> EventJson.write(event, instance, json));
        return HttpRequest.newBuilder(target.url())
                .timeout(policy.answer())
                .header("Content-Type", "application/json")
                .header("User-Agent", "srt-netty-relay")
                .header("Srt-Netty-Event", event.kind().toString())
                .header("Srt-Netty-Delivery", instance + "-" + event.number())
                .header("Srt-Netty-Attempt", String.valueOf(attempt))
                .header(
                        Signature.HEADER,
                        Signature.of(target.secret(), Instant.now().getEpochSecond(), content))
                .POST(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
    }

    /** Returns why a host may not be called, empty where it may: all of its addresses must be public. */
    private static String complaint(URI url) {
        String host = url.getHost().replaceAll("[\\[\\]]", "");
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!Networks.isPublic(address)) {
                    return "its host has the address " + address.getHostAddress()
                            + ", which is not public; privateNetwork in the configuration allows it";
                }
            }
            return "";
        } catch (UnknownHostException e) {
            return "its host is unknown";
        }
    }

    private static Duration retryAfter(HttpResponse<Void> response) {
        String seconds = response.headers().firstValue("retry-after").orElse("");
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "cannot connect";
        }
        return PeerText.printable(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
