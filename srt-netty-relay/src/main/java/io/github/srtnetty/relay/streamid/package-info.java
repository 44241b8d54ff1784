// SPDX-License-Identifier: Apache-2.0
/**
 * Stream ids: reads those of all relays in use, and what a caller asks for with one. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.streamid;

import org.jspecify.annotations.NullMarked;
