// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;

/**
 * Builds packets field by field (ISO/IEC 13818-1, 2.4.3.2). Bytes that the payload does not fill become stuffing in the
 * adaptation field. Fields keep their values from packet to packet, so the caller sets only those that change.
 */
public final class TsPacketBuilder {
    private static final byte[] NO_PAYLOAD = {};
    private static final int MOST_PAYLOAD = TsPacket.SIZE - 4;
    private static final int STUFFING = 0xFF;

    private int pid = TsPacket.NULL_PID;
    private boolean transportErrorIndicator;
    private boolean payloadUnitStartIndicator;
    private int transportScramblingControl;
    private int continuityCounter;
    private boolean discontinuityIndicator;
    private boolean randomAccessIndicator;
    private long pcr27M = TsPacket.NONE;
    private byte[] payload = NO_PAYLOAD;

    /** Sets the PID, 0 to 0x1FFF. */
    public TsPacketBuilder pid(int pid) {
        this.pid = pid & 0x1FFF;
        return this;
    }

    /** Sets the transport_error_indicator: the packet is damaged. */
    public TsPacketBuilder transportErrorIndicator(boolean set) {
        transportErrorIndicator = set;
        return this;
    }

    /** Sets whether a PES packet or, after a pointer_field, a section starts in the payload. */
    public TsPacketBuilder payloadUnitStartIndicator(boolean set) {
        payloadUnitStartIndicator = set;
        return this;
    }

    /** Sets transport_scrambling_control, 0 to 3. */
    public TsPacketBuilder transportScramblingControl(int control) {
        transportScramblingControl = control & 3;
        return this;
    }

    /** Sets the continuity_counter to the low 4 bits of {@code counter}. */
    public TsPacketBuilder continuityCounter(int counter) {
        continuityCounter = counter & 0xF;
        return this;
    }

    /** Sets the discontinuity_indicator, which needs an adaptation field. */
    public TsPacketBuilder discontinuityIndicator(boolean set) {
        discontinuityIndicator = set;
        return this;
    }

    /** Sets the random_access_indicator, which needs an adaptation field. */
    public TsPacketBuilder randomAccessIndicator(boolean set) {
        randomAccessIndicator = set;
        return this;
    }

    /** Sets the PCR in ticks of 27 MHz, modulo 2^33 * 300; {@link TsPacket#NONE}: none. */
    public TsPacketBuilder pcr27M(long pcr) {
        pcr27M = pcr == TsPacket.NONE ? pcr : Math.floorMod(pcr, Timestamp.PCR_MODULUS);
        return this;
    }

    /** Sets the payload, which {@link #writeTo} copies; without a payload the packet has only an adaptation field. */
    public TsPacketBuilder payload(byte... bytes) {
        payload = bytes;
        return this;
    }

    /** Returns the bytes of payload that fit beside the adaptation field for the other fields. */
    public int room() {
        return MOST_PAYLOAD - leastAdaptationSize();
    }

    /**
     * Writes 188 bytes to {@code out}, which the caller still owns.
     *
     * @throws IllegalArgumentException when the payload does not fit
     */
    public TsPacketBuilder writeTo(ByteBuf out) {
        if (payload.length > room()) {
            throw new IllegalArgumentException("payload of " + payload.length + " bytes, " + room() + " fit");
        }
        int adaptationSize = MOST_PAYLOAD - payload.length;
        int control = (adaptationSize > 0 ? 2 : 0) | (payload.length > 0 ? 1 : 0);
        out.writeByte(TsPacket.SYNC_BYTE);
        out.writeShort((transportErrorIndicator ? 0x8000 : 0) | (payloadUnitStartIndicator ? 0x4000 : 0) | pid);
        out.writeByte(transportScramblingControl << 6 | control << 4 | continuityCounter);
        if (adaptationSize > 0) {
            writeAdaptationField(adaptationSize, out);
        }
        out.writeBytes(payload);
        return this;
    }

    /** Bytes from adaptation_field_length to the PCR, as far as they are needed. */
    private int leastAdaptationSize() {
        if (pcr27M != TsPacket.NONE) {
            return 8;
        }
        return discontinuityIndicator || randomAccessIndicator ? 2 : 0;
    }

    private void writeAdaptationField(int size, ByteBuf out) {
        int end = out.writerIndex() + size;
        out.writeByte(size - 1);
        if (size > 1) {
            boolean hasPcr = pcr27M != TsPacket.NONE;
            out.writeByte(
                    (discontinuityIndicator ? 0x80 : 0) | (randomAccessIndicator ? 0x40 : 0) | (hasPcr ? 0x10 : 0));
            if (hasPcr) {
                long base = pcr27M / 300;
                out.writeInt((int) (base >>> 1)).writeShort((int) ((base & 1) << 15 | 0x7E00 | pcr27M % 300));
            }
        }
        while (out.writerIndex() < end) {
            out.writeByte(STUFFING);
        }
    }
}
