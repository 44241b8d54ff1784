// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * A user event of {@link ContinuityHandler}: packets of a PID are missing.
 *
 * @param pid the PID
 * @param packetIndex the number of the packet after the gap
 * @param missing the number of missing packets, modulo 16: 1 to 15
 */
public record ContinuityLoss(int pid, long packetIndex, int missing) {}
