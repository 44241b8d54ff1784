// SPDX-License-Identifier: Apache-2.0
/**
 * The recent past of streams in bounded memory: samples in three resolutions, counters since a reset, and the latency
 * that they suggest. Knows neither HTTP nor libsrt. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.history;

import org.jspecify.annotations.NullMarked;
