// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BitReaderWriterTest {
    @Test
    void readsWhatWasWritten_inAnyWidthsAndPositions() {
        long seed = System.nanoTime();
        System.out.println("BitReaderWriterTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            int[] widths = random.ints(20, 0, 65).toArray();
            long[] values = new long[widths.length];
            BitWriter writer = new BitWriter(1);
            int total = 0;
            for (int i = 0; i < widths.length; i++) {
                values[i] = widths[i] == 0 ? 0 : random.nextLong() >>> (64 - widths[i]);
                writer.bits(values[i], widths[i], "value");
                total += widths[i];
            }
            writer.reserved((8 - total % 8) % 8);
            BitReader reader = writer.toBytes().reader();
            for (int i = 0; i < widths.length; i++) {
                assertThat(reader.bits(widths[i], "value")).isEqualTo(values[i]);
            }
        }
    }

    @Test
    void computesTheSameCrc_fourBytesAtATimeAndBitByBit() {
        SplittableRandom random = new SplittableRandom(35);
        for (int length = 0; length < 70; length++) {
            byte[] bytes = new byte[length + 5];
            random.nextBytes(bytes);
            int expected = 0xFFFFFFFF;
            for (int bit = 0; bit < length * 8; bit++) {
                int in = bytes[3 + bit / 8] >>> (7 - bit % 8) & 1;
                expected = (expected << 1) ^ (((expected >>> 31) ^ in) * 0x04C11DB7);
            }
            assertThat(Crc32Mpeg2.of(bytes, 3, length)).isEqualTo(expected);
            assertThat(Crc32Mpeg2.of(Unpooled.wrappedBuffer(bytes), 3, length)).isEqualTo(expected);
        }
    }

    @Test
    void namesTheFieldThatRanOut_andMovesNothing() {
        BitReader reader = Bytes.fromHex("ABCD").reader();
        reader.bits(4, "nibble");
        assertThatThrownBy(() -> reader.bits(13, "PID"))
                .isInstanceOfSatisfying(MalformedDataException.class, failure -> {
                    assertThat(failure.field()).isEqualTo("PID");
                    assertThat(failure.expected()).isEqualTo("13 bits");
                    assertThat(failure.actual()).isEqualTo("12 bits");
                });
        assertThat(reader.bits(12, "rest")).isEqualTo(0xBCD);
    }

    @Test
    void remembersAReservedBitThatIsNot1() {
        BitReader reader = Bytes.fromHex("FE").reader();
        reader.reserved(7);
        assertThat(reader.sawClearReservedBit()).isFalse();
        reader.reserved(1);
        assertThat(reader.sawClearReservedBit()).isTrue();
    }

    @Test
    void readsBuffersWithAndWithoutAnArray() {
        ByteBuf heap = Unpooled.buffer().writeBytes(new byte[] {1, 2, 3}).skipBytes(1);
        ByteBuf direct =
                Unpooled.directBuffer().writeBytes(new byte[] {1, 2, 3}).skipBytes(1);
        assertThat(BitReader.of(heap).bits(16, "value")).isEqualTo(0x0203);
        assertThat(BitReader.of(direct).bits(16, "value")).isEqualTo(0x0203);
        assertThat(heap.readableBytes()).isEqualTo(2);
        heap.release();
        direct.release();
    }

    @Test
    void refusesAValueThatDoesNotFit() {
        assertThatThrownBy(() -> new BitWriter(1).bits(4, 2, "sap_type"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sap_type");
    }
}
