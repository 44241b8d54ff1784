// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransmissionTest {
    private static final Set<Thread.State> WAITING =
            Set.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TERMINATED);

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

    /** Otherwise the program could end between the failure and its line, as it did. */
    @Test
    void isNotFinishedBeforeAFailureIsReported() throws Exception {
        FailingSink failing = new FailingSink(null);
        CountDownLatch reporting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Transmission transmission = new Transmission(new StubSource(true), List.of(failing), failure -> {
            reporting.countDown();
            awaitQuietly(goOn);
            failures.add(failure);
        });
        transmission.open();
        Thread output = new Thread(() -> failing.ended.completeExceptionally(new IOException("disk full")));
        output.start();
        reporting.await();
        List<Throwable> reportedAtTheEnd = new CopyOnWriteArrayList<>();
        Thread program = new Thread(() -> {
            transmission.finish().join();
            reportedAtTheEnd.addAll(failures);
        });
        program.start();
        Await.until("the program waits, or has ended", () -> WAITING.contains(program.getState()));
        goOn.countDown();
        program.join();
        output.join();
        assertThat(reportedAtTheEnd).hasSize(1);
    }

    /** The future of its end is complete, and nobody has seen that yet. */
    @Test
    void finishReportsWhyASinkHasEnded_alsoIfItsOwnFinishSucceeds() {
        IOException reason = new IOException("lost");
        MediaSink ended = new StubSink() {
            @Override
            public void open() {}

            @Override
            public void payload(ByteBuf payload, long sourceTimeMicros) {
                payload.release();
            }

            @Override
            public CompletableFuture<Void> ended() {
                return CompletableFuture.failedFuture(reason);
            }
        };
        Transmission transmission = transmission(true, ended);
        transmission.finish().join();
        assertThat(failures).containsExactly(reason);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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
