// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.event.EventJson;
import io.github.srtnetty.relay.event.RelayEvent;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.outgoing.HttpCaller;
import io.github.srtnetty.relay.outgoing.Networks;
import io.github.srtnetty.relay.outgoing.Reply;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Sends one event to one server. Redirects are not followed and no proxy is used, since both would lead to an address
 * that was not checked. Blocks until there is an answer, or the policy's time is over.
 */
final class WebhookSender {
    private final HttpCaller caller;
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
        caller = HttpCaller.create(policy.connect());
    }

    Attempt send(WebhookTarget target, RelayEvent event, int attempt) throws InterruptedException {
        String complaint = target.privateNetwork() ? "" : complaint(target.url());
        if (!complaint.isEmpty()) {
            return Attempt.failed(complaint);
        }
        CompletableFuture<Reply> answer =
                caller.sendAndCut(request(target, event, attempt), policy.answer(), policy.answerBytes());
        try {
            Reply reply = answer.get();
            return Attempt.answered(reply.status(), retryAfter(reply));
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
                            + ", which is not public; to allow it, set privateNetwork in the configuration";
                }
            }
            return "";
        } catch (UnknownHostException e) {
            return "its host is unknown";
        }
    }

    private static Duration retryAfter(Reply reply) {
        String seconds = reply.headers().firstValue("retry-after").orElse("");
        return seconds.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    private String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer within " + policy.answer().toMillis() + " ms";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time";
        }
        if (failure instanceof ConnectException) {
            return "cannot connect";
        }
        return PeerText.printable(failure.getClass().getSimpleName() + ": " + failure.getMessage());
    }
}
