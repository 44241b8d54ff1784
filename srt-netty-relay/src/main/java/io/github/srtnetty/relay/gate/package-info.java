// SPDX-License-Identifier: Apache-2.0
/**
 * Decides whether a request may use the control API: client address, token, role. On the HTTP event loop; hashes are
 * computed by a thread of its own. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.gate;

import org.jspecify.annotations.NullMarked;
