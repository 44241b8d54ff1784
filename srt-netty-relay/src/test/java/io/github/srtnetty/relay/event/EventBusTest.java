// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Await;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bus numbers events, keeps the latest ones, and never waits for its listeners. */
class EventBusTest {
    private static final Map<String, Object> NONE = Map.of();

    private final EventBus bus = new EventBus();
    private final List<RelayEvent> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void numbersTheEventsOfAllAndOfEachStream() {
        bus.listen(seen::add);
        for (String stream : List.of("a", "b", "a", "b", "a")) {
            bus.emit(EventKind.PLAY, stream, "live", "live", NONE);
        }
        bus.emit(EventKind.DRAIN, null, "running", "draining", NONE);
        awaitAll();

        assertThat(seen).extracting(RelayEvent::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(seen).extracting(RelayEvent::streamNumber).containsExactly(1L, 1L, 2L, 2L, 3L, 1L);
        assertThat(bus.recent().after(4, null)).isEqualTo(seen.subList(4, 6));
        assertThat(bus.recent().after(0, "b")).containsExactly(seen.get(1), seen.get(3));
    }

    @Test
    void dropsAndCountsEvents_whileAListenerStandsStill() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        bus.listen(event -> {
            seen.add(event);
            begun.countDown();
            await(mayEnd);
        });
        bus.emit(EventKind.PLAY, "x", "live", "live", NONE);
        begun.await();
        for (int i = 0; i < EventBus.MOST_WAITING + 7; i++) {
            bus.emit(EventKind.PLAY, "x", "live", "live", NONE);
        }
        assertThat(bus.dropped().sum()).isEqualTo(7);
        mayEnd.countDown();
        Await.until("the others arrive", () -> seen.size() == EventBus.MOST_WAITING + 1);
        assertThat(bus.emitted().sum()).isEqualTo(seen.size());
        assertThat(bus.recent().after(0, null)).hasSize(RecentEvents.MOST);
    }

    @Test
    void goesOn_afterAListenerFailed() {
        bus.listen(event -> {
            if (event.number() == 1) {
                throw new IllegalStateException("a mistake of the test");
            }
        });
        bus.listen(seen::add);
        bus.emit(EventKind.PLAY, "x", "live", "live", NONE);
        bus.emit(EventKind.PLAY, "x", "live", "live", NONE);
        bus.close();
        assertThat(seen).extracting(RelayEvent::number).contains(2L);
    }

    @Test
    void forgetsTheStreamThatHadNoEventForTheLongestTime() {
        EventNumbers numbers = new EventNumbers();
        assertThat(numbers.number(draft("first")).streamNumber()).isEqualTo(1);
        for (int i = 0; i < EventNumbers.MOST_STREAMS - 1; i++) {
            numbers.number(draft("s" + i));
        }
        assertThat(numbers.number(draft("first")).streamNumber()).isEqualTo(2);
        for (int i = 0; i < EventNumbers.MOST_STREAMS; i++) {
            numbers.number(draft("t" + i));
        }
        assertThat(numbers.number(draft("first")).streamNumber()).isEqualTo(1);
    }

    @Test
    void escapesTextsOfPeers_andTakesNoOtherTypes() {
        RelayEvent event = new EventNumbers()
                .number(new EventDraft(Instant.EPOCH, EventKind.REJECTED, null, "", "", Map.of("asked", "a\nb\u202e")));
        assertThat(event.details()).containsEntry("asked", "a\\nb\\u202e");
        assertThatThrownBy(() -> new EventNumbers()
                        .number(new EventDraft(Instant.EPOCH, EventKind.PLAY, null, "", "", Map.of("x", List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void reportsSomeRejectedCallers_andHowManyItLeftOut() {
        bus.listen(seen::add);
        RejectionEvents rejections = new RejectionEvents(bus);
        InetSocketAddress peer = new InetSocketAddress("192.0.2.1", 5);
        for (int i = 0; i < 1000; i++) {
            rejections.rejected(peer, "stream=x role=play", SrtRejectReason.UNAUTHORIZED);
        }
        awaitAll();
        assertThat(seen).hasSizeBetween(RejectionEvents.AT_ONCE, RejectionEvents.AT_ONCE + 20);
        assertThat(seen.get(0).details())
                .containsEntry("address", "192.0.2.1:5")
                .containsEntry("code", 1401L)
                .containsEntry("asked", "stream=x role=play");
    }

    private void awaitAll() {
        Await.until("all have arrived", () -> seen.size() == bus.emitted().sum());
    }

    private static EventDraft draft(String stream) {
        return new EventDraft(Instant.EPOCH, EventKind.PLAY, stream, "live", "live", NONE);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
