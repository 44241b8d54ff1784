// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import java.time.Duration;

/**
 * Times and limits of webhooks.
 *
 * @param connect for the TCP connection
 * @param answer for an attempt as a whole, with name and connection
 * @param firstRetry after the first failure; it doubles with each one
 * @param longestRetry the longest time between two attempts
 * @param giveUp the age of an event that is not sent any more
 * @param queue events that wait for one webhook; beyond, the oldest is dropped
 * @param answerBytes of an answer that are read, and ignored, so the connection can be reused
 */
record WebhookPolicy(
        Duration connect,
        Duration answer,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUp,
        int queue,
        int answerBytes) {
    /**
     * A server that restarts within 15 minutes misses nothing. 1,000 events are the connects and disconnects of a
     * relay at its limits, and take 0.5 MB.
     */
    static final WebhookPolicy DEFAULT = new WebhookPolicy(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(15),
            1000,
            64 << 10);
}
