// SPDX-License-Identifier: Apache-2.0
/**
 * A small HTTP/1.1 server on an event loop of its own: limits, time-outs, keep-alive, compression. It does not depend
 * on streams. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.http;

import org.jspecify.annotations.NullMarked;
