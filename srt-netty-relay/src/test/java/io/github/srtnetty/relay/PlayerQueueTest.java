// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.relay.streamid.StreamRequest;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Sequence;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlayerQueueTest {
    private static final int BOUND = 100 * (Sequence.PAYLOAD_BYTES + PlayerQueue.ENTRY_BYTES);

    private final Counters counters = new Counters(null);

    @Test
    void dropsTheOldest_whenTheBytesAreTooMany() {
        PlayerQueue queue = queue("drop");
        for (int number = 0; number < 103; number++) {
            assertThat(queue.offer(Sequence.payload(number), 0)).isTrue();
        }

        assertThat(queue.bytes()).isEqualTo(BOUND);
        assertThat(counters.droppedPackets.sum()).isEqualTo(3);
        assertThat(next(queue)).isEqualTo(3);
        queue.close();
    }

    @Test
    void dropsWhatIsTooOld() {
        PlayerQueue queue = queue("drop");
        queue.offer(Sequence.payload(0), 0);
        queue.offer(Sequence.payload(1), TimeUnit.MILLISECONDS.toNanos(900));
        queue.offer(Sequence.payload(2), TimeUnit.MILLISECONDS.toNanos(1001));

        assertThat(counters.droppedPackets.sum()).isEqualTo(1);
        assertThat(next(queue)).isEqualTo(1);
        queue.close();
    }

    @Test
    void countsTheMemoryThatAPayloadHolds_notItsBytes() {
        PlayerQueue queue = queue("drop");
        for (int i = 0; i < 10_000; i++) {
            queue.offer(Unpooled.directBuffer(1456).writeByte(1), 0);
        }

        assertThat(queue.bytes()).isLessThanOrEqualTo(BOUND);
        assertThat(counters.droppedPackets.sum()).isEqualTo(10_000 - BOUND / (1456 + PlayerQueue.ENTRY_BYTES));
        queue.close();
    }

    @Test
    void aSmallPayloadDoesNotKeepTheBufferThatWasRead() {
        Hub hub = new Hub(RelayRules.DEFAULT, Runnable::run);
        EmbeddedChannel player = play(hub);
        ByteBuf payload = Unpooled.directBuffer(1456).writeByte(7);
        hub.stream("x").relay(payload, System.nanoTime());

        assertThat(payload.release()).as("nobody else holds it").isTrue();
        hub.stream("x").wakePlayers();
        player.runPendingTasks();
        ByteBuf sent = player.readOutbound();
        assertThat(sent.readableBytes()).isEqualTo(1);
        assertThat(sent.readByte()).isEqualTo((byte) 7);
        sent.release();
        player.close();
    }

    @Test
    void dropsWhatIsTooOld_whenNoPublisherSendsAnyMore() {
        Hub hub = new Hub(new RelayRules(Map.of(RelaySetting.QUEUE_MILLIS, 10), Map.of(), Map.of()), Runnable::run);
        EmbeddedChannel player = play(hub);
        player.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        ByteBuf payload = Sequence.payload(7);
        hub.stream("x").relay(payload, System.nanoTime());
        hub.stream("x").wakePlayers();
        payload.release();
        player.runPendingTasks();

        Await.until("it is dropped", () -> {
            player.runScheduledPendingTasks();
            return hub.total().droppedPackets.sum() == 1;
        });
        assertThat(payload.refCnt()).isZero();
        player.close();
    }

    @Test
    void givesUp_whenThePolicyIsToDisconnect() {
        PlayerQueue queue = queue("disconnect");
        for (int number = 0; number < 100; number++) {
            assertThat(queue.offer(Sequence.payload(number), 0)).isTrue();
        }

        assertThat(queue.offer(Sequence.payload(100), 0)).isFalse();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(counters.droppedPackets.sum()).isEqualTo(101);
        assertThat(queue.offer(Sequence.payload(101), 0)).as("once is enough").isTrue();
    }

    @Test
    void playersGetTheMemoryThatWasRead_notCopies() {
        Hub hub = new Hub(RelayRules.DEFAULT, Runnable::run);
        EmbeddedChannel one = play(hub);
        EmbeddedChannel other = play(hub);
        ByteBuf payload = Sequence.payload(7);
        hub.stream("x").relay(payload, 0);
        hub.stream("x").wakePlayers();
        for (EmbeddedChannel player : new EmbeddedChannel[] {one, other}) {
            player.runPendingTasks();
            ByteBuf sent = player.readOutbound();
            assertThat(sent.memoryAddress()).isEqualTo(payload.memoryAddress());
            sent.release();
            player.close();
        }

        assertThat(payload.release()).as("nobody else holds it").isTrue();
        assertThat(hub.streams()).isEmpty();
    }

    private static EmbeddedChannel play(Hub hub) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast(hub.play(new StreamRequest(Role.PLAY, "x", ""), hub.config(), channel));
        return channel;
    }

    private PlayerQueue queue(String policy) {
        Map<RelaySetting, Object> settings = Map.of(
                RelaySetting.QUEUE_BYTES, BOUND, RelaySetting.QUEUE_MILLIS, 1000, RelaySetting.SLOW_PLAYER, policy);
        return new PlayerQueue(new RelayRules(settings, Map.of(), Map.of()), counters);
    }

    private static long next(PlayerQueue queue) {
        ByteBuf payload = queue.poll();
        assertThat(payload).isNotNull();
        long number = payload.getLong(0);
        payload.release();
        return number;
    }
}
