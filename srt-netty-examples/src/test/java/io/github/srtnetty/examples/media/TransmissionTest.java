// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransmissionTest {
    private final CountingSink fast = new CountingSink(true);
    private final CountingSink slow = new CountingSink(false);

    @Test
    void aSlowSinkLosesPayloads_andTheOthersHaveAll() {
        Transmission transmission = transmission(true, slow, fast);
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[100]);

        transmission.payload(payload, Intake.NO_TIME);

        assertThat(fast.bytes).isEqualTo(100);
        assertThat(slow.dropped).isEqualTo(1);
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void aFileWaitsForASlowSinkOnce_andThenNotUntilItHasRoomAgain() throws Exception {
        Transmission transmission = transmission(false, fast, slow);
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            transmission.awaitRoom();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(50)); // 100 s, if it waited each time
    }

    @Test
    void aLiveSourceIsNeverHeldBack() {
        Transmission transmission = transmission(true, slow);

        assertThatThrownBy(transmission::awaitRoom)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a live source is never held back");
    }

    private static Transmission transmission(boolean live, MediaSink... sinks) {
        return new Transmission(new StubSource(live), List.of(sinks));
    }

    private static final class CountingSink implements StubSink {
        private final boolean room;
        private long dropped;
        private long bytes;

        CountingSink(boolean room) {
            this.room = room;
        }

        @Override
        public void open() {
            bytes = 0;
        }

        @Override
        public void payload(ByteBuf payload, long sourceTimeMicros) {
            bytes += room ? payload.readableBytes() : 0;
            dropped += room ? 0 : 1;
            payload.release();
        }

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public long dropped() {
            return dropped;
        }
    }
}
