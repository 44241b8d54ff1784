// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * User event of {@link TsPacketDecoder#analyzing()}: two sync_bytes in a row were wrong, so the decoder searches for
 * packets again. A {@link TsSyncEvent} follows when it finds them.
 *
 * @param packetIndex the number of the next packet
 * @param badSyncBytes the number of these two sync_bytes that are in no fired packet: 1 or 2
 */
public record TsSyncLossEvent(long packetIndex, int badSyncBytes) {}
