// SPDX-License-Identifier: Apache-2.0
/**
 * Webhooks: events as signed requests to servers of the operator, in order, retried, by one thread for each webhook.
 * Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.webhook;

import org.jspecify.annotations.NullMarked;
