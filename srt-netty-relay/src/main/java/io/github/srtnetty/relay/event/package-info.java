// SPDX-License-Identifier: Apache-2.0
/**
 * Events of the relay: numbered, delivered in order by one thread, and the latest ones kept. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.event;

import org.jspecify.annotations.NullMarked;
