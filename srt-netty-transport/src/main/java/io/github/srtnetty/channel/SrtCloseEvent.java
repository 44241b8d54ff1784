// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import org.jspecify.annotations.Nullable;

/**
 * User event before {@code channelInactive}: why the channel closed.
 *
 * @param reason why
 * @param statistics the last sample, null where the channel was never connected
 */
public record SrtCloseEvent(SrtCloseReason reason, @Nullable SrtStatistics statistics) {}
