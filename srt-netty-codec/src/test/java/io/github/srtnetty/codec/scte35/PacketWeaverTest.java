// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.TsPackets;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Test;

class PacketWeaverTest {
    private static final int LONGEST_WAIT_PACKETS = 4;

    private static final byte[] PACKET = new Streams().nulls(1).toArray();

    private final PacketWeaver weaver = new PacketWeaver(LONGEST_WAIT_PACKETS);

    @Test
    void addsWhatIsQueued_whenItGetsTooMuch_alsoWhereEveryPacketIsTakenOut() {
        int passedOn = 0;
        for (int i = 1; i <= 1000; i++) {
            passedOn += weave(new Streams().video(0), (packet, index) -> {
                weaver.queueTable(PACKET);
                weaver.queueTable(PACKET);
                return true;
            });
            assertThat(2 * i - passedOn).as("queued").isBetween(0, PacketWeaver.MOST_QUEUED);
        }
    }

    @Test
    void addsACue_whenItsPatienceIsOver_thoughTablesTookTheNullPackets() {
        Promise<Void> written = ImmediateEventExecutor.INSTANCE.newPromise();
        weaver.queueTable(PACKET);
        weaver.queueCue(PACKET, written);
        Streams stream = new Streams().video(0).video(1).nulls(1).video(2).video(3);

        assertThat(weave(stream, (packet, index) -> false)).isEqualTo(5);
        assertThat(written.isDone()).isFalse();
        assertThat(weave(new Streams().video(4), (packet, index) -> false)).isEqualTo(2);
        assertThat(written.isSuccess()).isTrue();
    }

    @Test
    void waitsAnew_whenAllHasBeenPutIn() {
        weaver.queueTable(PACKET);
        weave(new Streams().video(0).video(1).video(2).nulls(1), (packet, index) -> false);
        weaver.queueTable(PACKET);

        assertThat(weave(new Streams().video(3).video(4).video(5).video(6), (packet, index) -> false))
                .isEqualTo(4);
        assertThat(weave(new Streams().video(7), (packet, index) -> false)).isEqualTo(2);
    }

    /** Returns how many packets come out. */
    private int weave(Streams stream, PacketWeaver.Source source) {
        TsPackets in = TsPackets.of(Unpooled.wrappedBuffer(stream.toArray()));
        TsPackets out = weaver.weave(in, UnpooledByteBufAllocator.DEFAULT, source);
        int count = out.count();
        out.release();
        return count;
    }
}
