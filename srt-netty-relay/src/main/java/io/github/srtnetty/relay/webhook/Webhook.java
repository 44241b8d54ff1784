// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.relay.event.RelayEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One webhook: a queue, and a thread that delivers its events one after the other. A failed event is retried and
 * later ones wait, so they stay in order.
 */
final class Webhook implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Webhook.class);
    /** The longest time between attempts is reached after 6 of them anyway. */
    private static final int MOST_DOUBLINGS = 16;

    private final WebhookTarget target;
    private final WebhookSender sender;
    private final WebhookPolicy policy;
    private final WebhookCounts counts;
    private final EventQueue queue;
    private final LineLimit drops = new LineLimit(1, 0.1);
    private final Thread thread;
    private boolean failing;

    Webhook(WebhookTarget target, WebhookSender sender, WebhookPolicy policy, WebhookCounts counts) {
        this.target = target;
        this.sender = sender;
        this.policy = policy;
        this.counts = counts;
        queue = new EventQueue(policy.queue());
        thread = new Thread(this::run, "relay-webhook-" + target.name());
        thread.setDaemon(true);
        thread.start();
    }

    WebhookTarget target() {
        return target;
    }

    int queued() {
        return queue.size();
    }

    void offer(RelayEvent event) {
        if (target.wants(event.kind()) && queue.add(event)) {
            dropped("too many events are waiting");
        }
    }

    /** Accepts no more events; waiting ones are sent once, without retries. */
    void end() {
        queue.end();
    }

    /** Waits for the thread for at most this time. */
    void awaitEnd(long millis) {
        try {
            if (millis > 0) {
                thread.join(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    @Override
    public void close() {
        end();
        awaitEnd(0);
    }

    private void run() {
        try {
            for (RelayEvent event = queue.take(); event != null; event = queue.take()) {
                deliver(event);
            }
        } catch (InterruptedException e) {
            LOGGER.debug("{} ends", target, e);
        }
    }

    private void deliver(RelayEvent event) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Attempt result = attempt(event, attempt);
            if (result.outcome() == Attempt.Outcome.DELIVERED) {
                counts.delivered().increment();
                recovered();
                return;
            }
            counts.failed().increment();
            fails(result.reason());
            Duration age = Duration.between(event.time(), Instant.now());
            if (result.outcome() == Attempt.Outcome.REFUSED || age.compareTo(policy.giveUp()) > 0) {
                dropped(result.reason());
                return;
            }
            if (queue.awaitEnd(backOff(attempt, result.retryAfter()).toNanos())) {
                dropped("the relay is ending, or the webhook was changed");
                return;
            }
        }
    }

    private Attempt attempt(RelayEvent event, int attempt) throws InterruptedException {
        try {
            return sender.send(target, event, attempt);
        } catch (RuntimeException e) {
            LOGGER.error("{} cannot be called", target, e);
            return Attempt.failed("cannot be called");
        }
    }

    /** Returns the time until the next attempt: doubled each time, and varied at random by up to a fifth. */
    private Duration backOff(int attempt, Duration wanted) {
        long first = policy.firstRetry().toNanos();
        long doubled = first << Math.min(attempt - 1, MOST_DOUBLINGS);
        long longest = policy.longestRetry().toNanos();
        double spread = 0.8 + ThreadLocalRandom.current().nextDouble() * 0.4;
        return Duration.ofNanos((long) (Math.min(longest, Math.max(doubled, wanted.toNanos())) * spread));
    }

    private void fails(String reason) {
        if (!failing) {
            failing = true;
            LOGGER.warn("{} fails: {}", target, reason);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOGGER.info("{} delivers again", target);
        }
    }

    private void dropped(String reason) {
        counts.dropped().increment();
        long skipped = drops.tryLine(System.nanoTime());
        if (skipped != LineLimit.SKIP) {
            LOGGER.error("{} dropped {}: {}", target, skipped == 0 ? "an event" : skipped + 1 + " events", reason);
        }
    }
}
