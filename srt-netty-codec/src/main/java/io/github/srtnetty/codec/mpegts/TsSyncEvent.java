// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * User event of {@link TsPacketDecoder}: packets were found again after bytes that are not packets.
 *
 * @param packetIndex the number of the first packet after the gap
 * @param skippedBytes the number of bytes skipped since the last packet
 */
public record TsSyncEvent(long packetIndex, long skippedBytes) {}
