// SPDX-License-Identifier: Apache-2.0
/**
 * The status pages: streams, metrics, health. On an event loop of their own. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.http;

import org.jspecify.annotations.NullMarked;
