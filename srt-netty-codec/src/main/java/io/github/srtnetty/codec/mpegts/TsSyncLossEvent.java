// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * User event of {@link TsPacketDecoder#analyzing()}: two sync_bytes in a row were wrong, so that packets must be
 * searched again. A {@link TsSyncEvent} follows when they are found.
 *
 * @param packetIndex number that the next packet will have
 * @param badSyncBytes of the two, those that are in no packet that was fired: 1 or 2
 */
public record TsSyncLossEvent(long packetIndex, int badSyncBytes) {}
