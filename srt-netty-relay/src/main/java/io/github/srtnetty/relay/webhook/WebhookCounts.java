// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.webhook;

import java.util.concurrent.atomic.LongAdder;

/**
 * Numbers of one webhook name since the start. Any thread.
 *
 * @param delivered events that were answered with 2xx
 * @param failed attempts that failed
 * @param dropped events that were not delivered: the queue was full, the server refused them, or they became too old
 */
public record WebhookCounts(LongAdder delivered, LongAdder failed, LongAdder dropped) {
    WebhookCounts() {
        this(new LongAdder(), new LongAdder(), new LongAdder());
    }
}
