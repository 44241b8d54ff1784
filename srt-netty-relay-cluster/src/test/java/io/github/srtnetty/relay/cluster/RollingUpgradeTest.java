// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.PayloadGap;
import io.github.srtnetty.testing.Sequence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One relay after the other is drained, ended and started again, as the handbook says for an upgrade. */
@Tag("slow")
class RollingUpgradeTest {
    private static final long RATE = 2_000_000;
    private static final Duration LONG = Duration.ofSeconds(30);
    /** For the latency of 200 ms on both ways, and a machine that starts JVMs beside; libsrt notices a loss in 5 s. */
    private static final long MARGIN_MILLIS = 4000;

    @Test
    void aPlayerMissesOnlyWhatItsEncoderDoesNotSend() throws Exception {
        try (RelayNodes nodes = new RelayNodes()) {
            PayloadGap player = new PayloadGap();
            SrtChannel encoder = nodes.publish(0);
            nodes.play(2, player);
            long awayNanos = 0;
            for (int node : new int[] {0, 1}) {
                try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
                    awaitPayloads(sender, player);
                    nodes.get(node).drain();
                    assertThat(encoder.closeFuture().await(30, TimeUnit.SECONDS))
                            .isTrue();
                }
                long closed = System.nanoTime();
                encoder = nodes.publishAtLast(1 - node);
                awayNanos = Math.max(awayNanos, System.nanoTime() - closed);
                try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
                    awaitPayloads(sender, player);
                    nodes.restart(node);
                    nodes.awaitWhole();
                    awaitPayloads(sender, player);
                }
            }
            long awayMillis = TimeUnit.NANOSECONDS.toMillis(awayNanos);
            System.out.printf(
                    "the encoder was away for at most %d ms, the player was without payloads for at most %d ms%n",
                    awayMillis, player.longestMillis());
            assertThat(player.isInactive()).isFalse();
            assertThat(player.longestMillis()).isLessThan(awayMillis + MARGIN_MILLIS);
            moveThePlayer(nodes, encoder, player);
            nodes.awaitQuiet();
        }
    }

    /** Upgrades the node of the player, which stays until the node ends. */
    private static void moveThePlayer(RelayNodes nodes, SrtChannel encoder, PayloadGap player) throws Exception {
        try (Sequence.Sender sender = new Sequence.Sender(encoder, RATE)) {
            awaitPayloads(sender, player);
            nodes.get(2).drain();
            awaitPayloads(sender, player);
            nodes.restart(2);
            Await.until("the player is closed", LONG, player::isInactive);
            for (int node : new int[] {1, 2}) {
                PayloadGap again = new PayloadGap();
                nodes.play(node, again);
                awaitPayloads(sender, again);
            }
            nodes.awaitWhole();
        }
    }

    private static void awaitPayloads(Sequence.Sender sender, PayloadGap player) {
        long before = player.count();
        Await.until("the player gets payloads", LONG, () -> sender.sent() > 50 && player.count() > before + 50);
    }
}
