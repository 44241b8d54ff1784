// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import org.jspecify.annotations.Nullable;

/**
 * User event that a channel fires before {@code channelInactive}.
 *
 * @param reason why the channel closed
 * @param statistics the last sample; null if the channel was never connected
 */
public record SrtCloseEvent(SrtCloseReason reason, @Nullable SrtStatistics statistics) {}
