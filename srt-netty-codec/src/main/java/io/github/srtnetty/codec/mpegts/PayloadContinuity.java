// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.ByteBuf;

/**
 * Distinguishes duplicate from lost packets on one PID by comparing payloads; for packets that have a payload (ISO/IEC
 * 13818-1, 2.4.3.3).
 */
final class PayloadContinuity {
    private static final int UNKNOWN = -1;

    private byte[] payload = {}; // allocated at the first packet
    private int length;
    private int counter = UNKNOWN;

    enum Step {
        NEXT,
        DUPLICATE,
        LOSS
    }

    void reset() {
        counter = UNKNOWN;
    }

    /** Compares the packet with the previous one, and stores it. The first packet is also {@code NEXT}. */
    Step next(TsPacket packet) {
        int expected = counter + 1 & 0xF;
        boolean first = counter == UNKNOWN;
        boolean repeats = packet.continuityCounter() == counter && !packet.discontinuityIndicator() && isSame(packet);
        if (repeats) {
            return Step.DUPLICATE;
        }
        counter = packet.continuityCounter();
        length = packet.payloadLength();
        payload = payload.length == 0 ? new byte[TsPacket.SIZE] : payload;
        packet.bytes().getBytes(packet.payloadIndex(), payload, 0, length);
        return first || counter == expected ? Step.NEXT : Step.LOSS;
    }

    private boolean isSame(TsPacket packet) {
        if (packet.payloadLength() != length) {
            return false;
        }
        ByteBuf bytes = packet.bytes();
        int index = packet.payloadIndex();
        for (int i = 0; i < length; i++) {
            if (bytes.getByte(index + i) != payload[i]) {
                return false;
            }
        }
        return true;
    }
}
