// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.Unpooled;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SendQueueTest {
    private static final int BOUND = 100 * (Sequence.PAYLOAD_BYTES + QueueCost.ENTRY_BYTES);

    private final TrafficCounters counters = new TrafficCounters(null);

    @Test
    void dropsTheOldest_whenTheBytesAreTooMany() {
        SendQueue queue = queue(SendQueue.WhenFull.DROP_OLDEST);
        for (int number = 0; number < 103; number++) {
            assertThat(offer(queue, number, 0)).isTrue();
        }

        assertThat(queue.bytes()).isEqualTo(BOUND);
        assertThat(counters.droppedPackets.sum()).isEqualTo(3);
        assertThat(next(queue)).isEqualTo(3);
        queue.close();
    }

    @Test
    void dropsPayloadsThatAreTooOld() {
        SendQueue queue = queue(SendQueue.WhenFull.DROP_OLDEST);
        offer(queue, 0, 0);
        offer(queue, 1, TimeUnit.MILLISECONDS.toNanos(900));
        offer(queue, 2, TimeUnit.MILLISECONDS.toNanos(1001));

        assertThat(counters.droppedPackets.sum()).isEqualTo(1);
        assertThat(next(queue)).isEqualTo(1);
        queue.close();
    }

    @Test
    void dropsTheNewest_untilItIsDownToHalf() {
        SendQueue queue = queue(SendQueue.WhenFull.DROP_NEWEST);
        for (int number = 0; number < 103; number++) {
            assertThat(offer(queue, number, Long.MAX_VALUE / 2)).isTrue();
        }

        assertThat(counters.droppedPackets.sum()).isEqualTo(3);
        for (int number = 0; number < 50; number++) {
            assertThat(queue.hasRoom()).isFalse();
            assertThat(next(queue)).isEqualTo(number);
        }
        assertThat(queue.hasRoom()).isTrue();
        offer(queue, 200, 0);
        assertThat(counters.droppedPackets.sum()).isEqualTo(3);
        queue.close();
    }

    @Test
    void countsTheMemoryThatAPayloadHolds_notItsBytes() {
        SendQueue queue = queue(SendQueue.WhenFull.DROP_OLDEST);
        for (int i = 0; i < 10_000; i++) {
            queue.offer(Unpooled.directBuffer(1456).writeByte(1), Intake.NO_TIME, 0);
        }

        assertThat(queue.bytes()).isLessThanOrEqualTo(BOUND);
        assertThat(counters.droppedPackets.sum()).isEqualTo(10_000 - BOUND / (1456 + QueueCost.ENTRY_BYTES));
        queue.close();
    }

    @Test
    void closes_whenThePolicyIsToDisconnect() {
        SendQueue queue = queue(SendQueue.WhenFull.CLOSE);
        for (int number = 0; number < 100; number++) {
            assertThat(offer(queue, number, 0)).isTrue();
        }

        assertThat(offer(queue, 100, 0)).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(counters.droppedPackets.sum()).isEqualTo(101);
        assertThat(offer(queue, 101, 0)).as("once is enough").isTrue();
    }

    @Test
    void takeWaitsForAPayload_andReturnsNullAtTheEnd() throws Exception {
        SendQueue queue = queue(SendQueue.WhenFull.DROP_NEWEST);
        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> taken(queue));
        offer(queue, 7, 0);
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(7);

        offer(queue, 8, 0);
        queue.end();
        offer(queue, 9, 0);
        assertThat(taken(queue)).isEqualTo(8);
        assertThat(queue.take()).isNull();
    }

    private SendQueue queue(SendQueue.WhenFull whenFull) {
        return new SendQueue(new SendQueue.Limits(BOUND, BOUND / 2, TimeUnit.SECONDS.toNanos(1), whenFull), counters);
    }

    private static boolean offer(SendQueue queue, int number, long nowNanos) {
        return queue.offer(Sequence.payload(number), Intake.NO_TIME, nowNanos);
    }

    private static long taken(SendQueue queue) {
        try {
            return number(queue.take());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long next(SendQueue queue) {
        return number(queue.poll());
    }

    private static long number(SendQueue.Entry entry) {
        assertThat(entry).isNotNull();
        long number = entry.payload().getLong(0);
        entry.payload().release();
        return number;
    }
}
