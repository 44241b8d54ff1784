// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * User event of {@link TsPacketDecoder#detecting()}: the format of the following packets.
 *
 * @param packetIndex the number of the first packet in this format
 * @param format the detected format
 */
public record TsFormatEvent(long packetIndex, TsPacketFormat format) {}
