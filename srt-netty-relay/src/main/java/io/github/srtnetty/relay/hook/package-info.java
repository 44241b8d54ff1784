// SPDX-License-Identifier: Apache-2.0
/**
 * Asks an HTTP server about callers, and remembers what it answered. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.hook;

import org.jspecify.annotations.NullMarked;
