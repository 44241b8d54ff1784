// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.PayloadGap;
import io.github.srtnetty.testing.Sequence;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three relays in processes of their own: what players see when one is killed or stands still. */
@Tag("slow")
class RelayNodesTest {
    private static final long RATE = 2_000_000;
    private static final Duration LONG = Duration.ofSeconds(30);

    private RelayNodes nodes;

    @BeforeEach
    void start() throws IOException {
        nodes = new RelayNodes();
    }

    @AfterEach
    void end() {
        nodes.close();
    }

    @Test
    void playersOfOtherNodesGoOn_whenTheNodeOfThePublisherIsKilled() throws Exception {
        PayloadGap first = new PayloadGap();
        PayloadGap second = new PayloadGap();
        nodes.play(1, first);
        nodes.play(2, second);
        try (Sequence.Sender sender = new Sequence.Sender(nodes.publish(0), RATE)) {
            Await.until("both play", LONG, () -> sender.sent() > 50 && first.count() > 50 && second.count() > 50);
            nodes.get(0).signal("KILL");
        }
        long killed = System.nanoTime();
        SrtChannel encoder = nodes.publishAtLast(1);
        long free = System.nanoTime() - killed;
        long before = second.count();
        try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
            Await.until("both play on", LONG, () -> sender.sent() > 50 && second.count() > before + 50);
        }
        System.out.printf(
                "after kill -9 the name was free within %d ms; players were without payloads for %d and %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(free), first.longestMillis(), second.longestMillis());
        assertThat(first.isInactive() || second.isInactive()).isFalse();
        assertThat(free).as("noticed without a wait for heartbeats").isLessThan(TimeUnit.MILLISECONDS.toNanos(3500));
        assertThat(second.longestMillis()).isLessThan(5000);
    }

    @Test
    void playersOfOtherNodesGoOn_whenTheNodeOfThePublisherStandsStill_andItsPublisherIsClosedAfterwards()
            throws Exception {
        PayloadGap player = new PayloadGap();
        nodes.play(2, player);
        SrtChannel stale = nodes.publish(0);
        try (Sequence.Sender sender = new Sequence.Sender(stale, RATE)) {
            Await.until("it plays", LONG, () -> sender.sent() > 50 && player.count() > 50);
            nodes.get(0).signal("STOP");
        }
        long stopped = System.nanoTime();
        SrtChannel encoder = nodes.publishAtLast(1);
        long free = System.nanoTime() - stopped;
        long before = player.count();
        try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
            Await.until("it plays on", LONG, () -> sender.sent() > 50 && player.count() > before + 50);
            nodes.get(0).signal("CONT");
            Await.until("the stale publisher is gone", LONG, () -> !stale.isActive());
            nodes.awaitWhole();
            PayloadGap there = new PayloadGap();
            nodes.play(0, there);
            Await.until("the node that stood still pulls it", LONG, () -> there.count() > 50);
            for (int node : new int[] {0, 2}) {
                assertThat(nodes.code(node, "publish:x")).as("node " + node).isEqualTo(1409);
            }
        }
        System.out.printf(
                "after SIGSTOP the name was free within %d ms; players were without payloads for %d ms%n",
                TimeUnit.NANOSECONDS.toMillis(free), player.longestMillis());
        assertThat(encoder.isActive()).isTrue();
        assertThat(player.isInactive()).isFalse();
        assertThat(free).isLessThan(TimeUnit.SECONDS.toNanos(9));
        nodes.awaitQuiet();
    }
}
