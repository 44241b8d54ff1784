// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** The layout of the 188 bytes of a packet in the byte stream. */
public enum TsPacketFormat {
    /** Plain packets of 188 bytes (ISO/IEC 13818-1). */
    TS_188(188, 0),
    /** Packets of 192 bytes: 4 bytes of TP_extra_header before each packet (BDAV, "M2TS"). */
    M2TS_192(192, 4),
    /** Packets of 204 bytes: 16 bytes of Reed-Solomon parity after each packet (DVB); the parity is not used. */
    TS_204(204, 0);

    private final int stride;
    private final int packetOffset;

    TsPacketFormat(int stride, int packetOffset) {
        this.stride = stride;
        this.packetOffset = packetOffset;
    }

    /** Returns the number of bytes from one packet to the next. */
    public int stride() {
        return stride;
    }

    /** Returns the number of bytes before the sync_byte in each unit. */
    public int packetOffset() {
        return packetOffset;
    }
}
