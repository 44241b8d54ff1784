// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.relay.event.RelayEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The webhooks of the configuration in effect. Any thread. */
public final class Webhooks implements AutoCloseable {
    /** Time for the last events at the end of the relay, such as its drain. */
    private static final long END_MILLIS = 500;

    private final WebhookPolicy policy;
    private final WebhookSender sender;
    private final Map<String, WebhookCounts> counts = new ConcurrentHashMap<>();
    private volatile List<Webhook> webhooks = List.of();

    /**
     * Starts without webhooks.
     *
     * @param instance the id of this run of the relay
     */
    public Webhooks(String instance) {
        this(instance, WebhookPolicy.DEFAULT);
    }

    Webhooks(String instance, WebhookPolicy policy) {
        this.policy = policy;
        sender = new WebhookSender(policy, instance);
    }

    /** Uses these webhooks from now on. An unchanged one keeps its queue; a removed one drops it. */
    public synchronized void use(List<WebhookTarget> targets) {
        List<Webhook> next = new ArrayList<>();
        for (WebhookTarget target : targets) {
            next.add(webhooks.stream()
                    .filter(webhook -> webhook.target().equals(target))
                    .findFirst()
                    .orElseGet(() -> create(target)));
        }
        List<Webhook> before = webhooks;
        webhooks = List.copyOf(next);
        before.stream().filter(webhook -> !next.contains(webhook)).forEach(Webhook::close);
    }

    /** Queues an event for each webhook that wants it. Never waits. */
    public void accept(RelayEvent event) {
        webhooks.forEach(webhook -> webhook.offer(event));
    }

    /** Returns the counters of each name so far. */
    public Map<String, WebhookCounts> counts() {
        return counts;
    }

    /** Returns the number of events queued for a webhook, 0 for a removed one. */
    public int queued(String name) {
        return webhooks.stream()
                .filter(webhook -> webhook.target().name().equals(name))
                .mapToInt(Webhook::queued)
                .sum();
    }

    /** Sends waiting events once, for a short time, and ends. */
    @Override
    public synchronized void close() {
        List<Webhook> all = webhooks;
        webhooks = List.of();
        all.forEach(Webhook::end);
        long deadline = System.nanoTime() + END_MILLIS * 1_000_000;
        all.forEach(webhook -> webhook.awaitEnd((deadline - System.nanoTime()) / 1_000_000));
    }

    private Webhook create(WebhookTarget target) {
        return new Webhook(target, sender, policy, counts.computeIfAbsent(target.name(), name -> new WebhookCounts()));
    }
}
