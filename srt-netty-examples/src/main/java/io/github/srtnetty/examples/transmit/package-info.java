// SPDX-License-Identifier: Apache-2.0
/**
 * {@code srt-netty transmit}: from one input to any number of outputs ({@link io.github.srtnetty.examples.media}), and
 * the statistics of their connections as a table, CSV or JSON.
 */
@NullMarked
package io.github.srtnetty.examples.transmit;

import org.jspecify.annotations.NullMarked;
