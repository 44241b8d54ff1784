// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.stream.Intake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransmissionTest {
    private final CountingSink fast = new CountingSink(true);
    private final CountingSink slow = new CountingSink(false);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void aSlowSinkLosesPayloads_andTheOthersHaveAll() {
        Transmission transmission = transmission(true, slow, fast);
        ByteBuf payload = Unpooled.wrappedBuffer(new byte[100]);

        transmission.payload(payload, Intake.NO_TIME);

        assertThat(fast.bytes).isEqualTo(100);
        assertThat(slow.dropped).isEqualTo(1);
        assertThat(payload.refCnt()).isZero();
    }

    @Tag("slow")
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

    @Test
    void aSinkThatFailsIsReportedOnce_andTheOthersGoOn() throws Exception {
        FailingSink failing = new FailingSink(null);
        FailingSink unopened = new FailingSink(new IOException("no such host"));
        Transmission transmission = transmission(true, failing, unopened, fast);
        transmission.open();
        failing.ended.completeExceptionally(new IOException("disk full"));

        transmission.payload(Unpooled.wrappedBuffer(new byte[100]), Intake.NO_TIME);
        assertThat(fast.bytes).isEqualTo(100);
        assertThat(transmission.ended()).isNotDone();

        transmission.finish().join();
        assertThat(failures).extracting(Throwable::getMessage).containsExactly("no such host", "disk full");
        assertThat(transmission.hasFailed(failing)).isTrue();
        assertThat(transmission.hasFailed(fast)).isFalse();
    }

    @Test
    void endsWhenTheLastSinkHasFailed() throws Exception {
        FailingSink first = new FailingSink(null);
        FailingSink last = new FailingSink(null);
        Transmission transmission = transmission(true, first, last);
        transmission.open();
        first.ended.completeExceptionally(new IOException("one"));
        assertThat(transmission.ended()).isNotDone();
        last.ended.completeExceptionally(new IOException("two"));
        assertThat(transmission.ended()).isCompleted();
        assertThat(failures).hasSize(2);
    }

    @Test
    void aFileDoesNotWaitForASinkThatHasFailed() throws Exception {
        FailingSink unopened = new FailingSink(new IOException("no such host"));
        Transmission transmission = transmission(false, unopened, fast);
        transmission.open();
        transmission.awaitRoom();
        assertThat(unopened.lookedForReady).isZero();
        assertThat(unopened.lookedForRoom).as("again and again, if it waited").isEqualTo(1);
    }

    private Transmission transmission(boolean live, MediaSink... sinks) {
        return new Transmission(new StubSource(live), List.of(sinks), failures::add);
    }

    /** Is never ready, has no room, and fails when a test says so, or when it is opened. */
    private static final class FailingSink implements StubSink {
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final @Nullable IOException whenOpened;
        private int lookedForReady;
        private int lookedForRoom;

        FailingSink(@Nullable IOException whenOpened) {
            this.whenOpened = whenOpened;
        }

        @Override
        public void open() throws IOException {
            if (whenOpened != null) {
                throw whenOpened;
            }
        }

        @Override
        public void payload(ByteBuf payload, long sourceTimeMicros) {
            payload.release();
        }

        @Override
        public CompletableFuture<Void> ready() {
            lookedForReady++;
            return new CompletableFuture<>();
        }

        @Override
        public CompletableFuture<Void> ended() {
            return ended;
        }

        @Override
        public boolean hasRoom() {
            lookedForRoom++;
            return false;
        }

        @Override
        public CompletableFuture<Void> finish() {
            return ended.isDone() ? ended : CompletableFuture.completedFuture(null);
        }
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
