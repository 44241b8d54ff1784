// SPDX-License-Identifier: Apache-2.0
/**
 * Requests to other HTTP servers: which ones are allowed, for how long, and the size of their answers. Internal to the
 * relay.
 */
@NullMarked
package io.github.srtnetty.relay.outgoing;

import org.jspecify.annotations.NullMarked;
