// SPDX-License-Identifier: Apache-2.0
/**
 * Listeners, publishers and players. Each runs on its own event loop. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.endpoint;

import org.jspecify.annotations.NullMarked;
