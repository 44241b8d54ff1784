// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TsPacketsTest {
    @Test
    void refusesBytesThatAreNoWholePackets() {
        ByteBuf odd = Unpooled.wrappedBuffer(Arrays.copyOf(numbered(2), 300));

        assertThatThrownBy(() -> TsPackets.of(odd))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("multiple of 188")
                .hasMessageContaining("300 bytes");
        assertThat(odd.refCnt()).isOne();
    }

    @Test
    void refusesAPacketWithoutItsSyncByte() {
        byte[] stream = numbered(3);
        stream[TsPacket.SIZE] = 0x46;

        assertThatThrownBy(() -> TsPackets.of(Unpooled.wrappedBuffer(stream)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("sync_byte")
                .hasMessageContaining("packet 1");
    }

    @Test
    void givesSlicesTheirOwnReferenceAndNumber() {
        TsPackets all = TsPackets.of(pooled(numbered(7)), TsPacketFormat.TS_188, 100);

        TsPackets slice = all.retainedSlice(2, 3);
        all.release();

        assertThat(slice.count()).isEqualTo(3);
        assertThat(slice.firstPacketIndex()).isEqualTo(102);
        assertThat(new TsPacket().wrap(slice, 0).continuityCounter()).isEqualTo(2);
        assertThat(slice.release()).isTrue();
    }

    @Test
    void copiesAndDuplicatesAsOtherHoldersDo() {
        TsPackets all = TsPackets.of(pooled(numbered(2)), TsPacketFormat.TS_188, 5);
        TsPackets copy = all.copy();
        TsPackets duplicate = all.retainedDuplicate();

        assertThat(copy.content()).isEqualTo(all.content());
        assertThat(copy.firstPacketIndex()).isEqualTo(5);
        assertThat(duplicate.count()).isEqualTo(2);
        assertThat(all.duplicate().content()).isEqualTo(all.content());
        assertThat(all.retain().touch().touch("here").release()).isFalse();
        assertThat(all.retain(2).release(2)).isFalse();

        copy.release();
        duplicate.release();
        all.release();
        assertThat(all.refCnt()).isZero();
    }

    @Test
    void knowsWhereItsPacketsAre() {
        TsPackets packets = TsPackets.of(Unpooled.wrappedBuffer(numbered(2)));

        assertThat(packets.indexOf(1)).isEqualTo(188);
        assertThatThrownBy(() -> packets.indexOf(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> packets.retainedSlice(1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static ByteBuf pooled(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }
}
