// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Crc32Mpeg2;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the bytes that the tests of this package feed in. */
final class TsBytes {
    private TsBytes() {}

    /** A packet with payload only; what {@code payload} does not fill is 0xFF. */
    static byte[] packet(int pid, int counter, boolean start, byte... payload) {
        byte[] full = Arrays.copyOf(payload, TsPacket.SIZE - 4);
        Arrays.fill(full, payload.length, full.length, (byte) 0xFF);
        return built(new TsPacketBuilder()
                .pid(pid)
                .continuityCounter(counter)
                .payloadUnitStartIndicator(start)
                .payload(full));
    }

    static byte[] built(TsPacketBuilder builder) {
        ByteBuf out = Unpooled.buffer(TsPacket.SIZE);
        builder.writeTo(out);
        return out.array();
    }

    /** Packets of PID 0x100 with counters 0, 1, 2..., whose payload is filled with the packet's number. */
    static byte[] numbered(int count) {
        byte[][] packets = new byte[count][];
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[TsPacket.SIZE - 4];
            Arrays.fill(payload, (byte) (i % 0x40));
            packets[i] = packet(0x100, i, false, payload);
        }
        return concat(packets);
    }

    static byte[] concat(byte[]... parts) {
        ByteBuf out = Unpooled.buffer();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        byte[] all = new byte[out.readableBytes()];
        out.readBytes(all);
        return all;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** A section of table 0xFC, as long as asked for, whose CRC_32 is right and whose body is {@code filling}. */
    static byte[] spliceSection(int size, int filling) {
        byte[] section = filled(size, filling);
        section[0] = (byte) 0xFC; // table_id
        section[1] = (byte) (0x30 | size - 3 >> 8); // section_syntax_indicator 0, private_indicator 0, sap_type 3
        section[2] = (byte) (size - 3); // section_length
        int crc = Crc32Mpeg2.of(section, 0, size - 4);
        for (int i = 0; i < 4; i++) {
            section[size - 4 + i] = (byte) (crc >>> 24 - 8 * i);
        }
        return section;
    }

    static TsPacket view(byte[] packet) {
        return new TsPacket().wrap(Unpooled.wrappedBuffer(packet), 0);
    }

    static List<byte[]> split(byte[] stream) {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i + TsPacket.SIZE <= stream.length; i += TsPacket.SIZE) {
            packets.add(Arrays.copyOfRange(stream, i, i + TsPacket.SIZE));
        }
        return packets;
    }
}
