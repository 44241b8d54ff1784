// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * A user event of {@link TsPacketDecoder}: packets were found again after bytes that are no packets.
 *
 * @param packetIndex number of the first packet after the gap
 * @param skippedBytes bytes skipped since the last packet
 */
public record TsSyncEvent(long packetIndex, long skippedBytes) {}
