// SPDX-License-Identifier: Apache-2.0
/**
 * The values that say who may use the control API: addresses, roles, hashed tokens. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.auth;

import org.jspecify.annotations.NullMarked;
