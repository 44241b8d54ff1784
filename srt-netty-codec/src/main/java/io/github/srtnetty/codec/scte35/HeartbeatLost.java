// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.time.Duration;

/**
 * User event of {@link Scte35Handler}: a splice PID had no cue, not even a splice_null, for {@code silence}. Fired once
 * for each such period.
 */
public record HeartbeatLost(int pid, int programNumber, Duration silence) {}
