// SPDX-License-Identifier: Apache-2.0
/**
 * The answers of the relay over HTTP: the status pages and the control API. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.api;

import org.jspecify.annotations.NullMarked;
