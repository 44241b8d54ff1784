// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/**
 * A user event of {@link TsPacketDecoder#detecting()}: how packets lie in the stream from here on.
 *
 * @param packetIndex number of the first packet in this format
 * @param format the format that was found
 */
public record TsFormatEvent(long packetIndex, TsPacketFormat format) {}
