// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.testing.LogRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LimitedStartTest {
    private final List<Fake> attempts = new ArrayList<>();

    /** An attempt that waits until it is stopped, unless it has something to return. */
    private static final class Fake implements LimitedStart.Attempt<String> {
        private final Supplier<String> value;
        private final CompletableFuture<Void> stopped = new CompletableFuture<>();

        Fake(Supplier<String> value) {
            this.value = value;
        }

        @Override
        public String start() {
            if (value == null) {
                stopped.join();
                return "too late";
            }
            return value.get();
        }

        @Override
        public void stop() {
            stopped.complete(null);
        }
    }

    /** An attempt whose end takes a moment. */
    private record SlowEnd(AtomicInteger running, CompletableFuture<Void> stopped)
            implements LimitedStart.Attempt<String> {
        SlowEnd(AtomicInteger running) {
            this(running, new CompletableFuture<>());
        }

        @Override
        public String start() {
            stopped.join();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            running.decrementAndGet();
            return "too late";
        }

        @Override
        public void stop() {
            stopped.complete(null);
        }
    }

    private Fake next(Supplier<String> value) {
        attempts.add(new Fake(value));
        return attempts.get(attempts.size() - 1);
    }

    @Test
    void anAttemptThatHangsIsStopped_andTheNextOneCounts() {
        try (LogRecorder log = new LogRecorder(LimitedStart.class)) {
            String result =
                    LimitedStart.run(() -> next(attempts.isEmpty() ? null : () -> "joined"), Duration.ofSeconds(3));
            assertThat(result).isEqualTo("joined");
            assertThat(log.messages())
                    .containsExactly("WARN the cluster did not accept this node within 3 s; this node retries");
        }
        assertThat(attempts).hasSize(2);
        assertThat(attempts.get(0).stopped).isDone();
        assertThat(attempts.get(1).stopped).isNotDone();
    }

    @Test
    void aFailureIsThrownAsItIs_withoutAFurtherAttempt() {
        IllegalArgumentException failure = new IllegalArgumentException("wrong key");
        assertThatThrownBy(() -> LimitedStart.run(
                        () -> next(() -> {
                            throw failure;
                        }),
                        Duration.ofSeconds(10)))
                .isSameAs(failure);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void afterThreeAttemptsItFails() {
        assertThatThrownBy(() -> LimitedStart.run(() -> next(null), Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the other nodes did not accept this node in 3 attempts");
        assertThat(attempts).hasSize(3).allMatch(attempt -> attempt.stopped.isDone());
    }

    /** The engines of two attempts would compete for one port. */
    @Test
    void anAttemptIsOver_beforeTheNextOneBegins_alsoWhereItsEndTakesLongerThanItsTime() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> beside = new ArrayList<>();
        assertThatThrownBy(() -> LimitedStart.run(
                        () -> {
                            beside.add(running.get());
                            running.incrementAndGet();
                            return new SlowEnd(running);
                        },
                        Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(beside).containsExactly(0, 0, 0);
        assertThat(running).hasValue(0);
    }

    @Test
    void anInterruptStopsTheAttempt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> LimitedStart.run(() -> next(null), Duration.ofSeconds(10)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempts.get(0).stopped).isDone();
    }
}
