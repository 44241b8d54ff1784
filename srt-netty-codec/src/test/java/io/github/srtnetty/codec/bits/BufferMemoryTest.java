// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class BufferMemoryTest {
    @Test
    void aSliceHoldsTheWholeBuffer() {
        ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.heapBuffer(1456).writeZero(100);

        assertThat(BufferMemory.heldBytes(buffer)).isEqualTo(1456);
        assertThat(BufferMemory.heldBytes(buffer.slice(3, 1))).isEqualTo(1456);
        assertThat(BufferMemory.heldBytes(buffer.slice(3, 9).duplicate().asReadOnly()))
                .isEqualTo(1456);
        buffer.release();
    }

    @Test
    void copiesWhatIsASmallPartOfItsMemory() {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT
                .directBuffer(1456)
                .writeZero(10)
                .writeByte(42)
                .skipBytes(10);

        ByteBuf compacted = BufferMemory.compacted(buffer);

        assertThat(buffer.refCnt()).isZero();
        assertThat(compacted.readableBytes()).isEqualTo(1);
        assertThat(compacted.readByte()).isEqualTo((byte) 42);
        assertThat(BufferMemory.heldBytes(compacted)).isEqualTo(1);
        compacted.release();
    }

    @Test
    void leavesAlone_whatUsesItsMemory_orIsSmallAnyhow() {
        ByteBuf full = UnpooledByteBufAllocator.DEFAULT.heapBuffer(1456).writeZero(1316);
        ByteBuf small = Unpooled.buffer(100).writeByte(1);

        assertThat(BufferMemory.compacted(full)).isSameAs(full);
        assertThat(BufferMemory.compacted(small)).isSameAs(small);
        full.release();
        small.release();
    }
}
