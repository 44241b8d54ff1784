// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty message}: lines as messages, both ways. The counterpart of libsrt's test-c-client and test-c-server.
 */
@NullMarked
package io.github.srtnetty.examples.message;

import org.jspecify.annotations.NullMarked;
