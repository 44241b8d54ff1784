// SPDX-License-Identifier: Apache-2.0
/**
 * Statistics and log of callers. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.monitor;

import org.jspecify.annotations.NullMarked;
