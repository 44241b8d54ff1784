// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistics;
import org.jspecify.annotations.Nullable;

/**
 * Tells a pipeline, as a user event before {@code channelInactive}, why its channel closed.
 *
 * @param reason why
 * @param statistics the last sample, null where the channel was never connected
 */
public record SrtCloseEvent(SrtCloseReason reason, @Nullable SrtStatistics statistics) {}
