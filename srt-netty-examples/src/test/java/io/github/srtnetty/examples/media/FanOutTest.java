// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private final StubOutput fast = new StubOutput(true);
    private final StubOutput slow = new StubOutput(false);

    @Test
    void aSlowOutputLosesWhatComes_andTheOthersHaveItAll() {
        FanOut fanOut = new FanOut(List.of(slow, fast));
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[100]);

        fanOut.payload(payload, Receiver.NO_TIME);

        assertThat(fast.bytes).isEqualTo(100);
        assertThat(slow.dropped).isEqualTo(1);
        assertThat(payload.refCnt()).isZero();
    }

    @Test
    void aFileWaitsForASlowOutputOnce_andThenNotUntilItHasRoomAgain() throws Exception {
        FanOut fanOut = new FanOut(List.of(fast, slow));
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            fanOut.awaitRoom();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(50)); // 100 s, if it waited each time
    }

    private static final class StubOutput implements Output {
        private final boolean room;
        private long dropped;
        private long bytes;

        StubOutput(boolean room) {
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
        public CompletableFuture<Void> ready() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> ended() {
            return new CompletableFuture<>();
        }

        @Override
        public boolean hasRoom() {
            return room;
        }

        @Override
        public long dropped() {
            return dropped;
        }

        @Override
        public CompletableFuture<Void> finish() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
