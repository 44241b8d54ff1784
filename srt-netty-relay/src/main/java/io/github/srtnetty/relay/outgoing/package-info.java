// SPDX-License-Identifier: Apache-2.0
/**
 * Requests to other HTTP servers: which ones may be asked, for how long, and how much they may answer. Internal to the
 * relay.
 */
@NullMarked
package io.github.srtnetty.relay.outgoing;

import org.jspecify.annotations.NullMarked;
