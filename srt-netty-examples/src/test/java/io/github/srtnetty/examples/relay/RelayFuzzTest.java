// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.MemoryBound;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawFlood;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawMutator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mutated handshakes of strangers against the relay: nobody gets in, its memory is bounded, and it serves on. */
class RelayFuzzTest {
    private static final long SEED = 20_261_128;
    private static final int HANDSHAKES = Integer.getInteger("srt.fuzz.relay", 10_000);
    private static final int ADDRESSES = 4;
    private static final String SECRET = "a secret of the relay";

    @Test
    @SuppressWarnings("try")
    void nobodyWithoutTokenAndKeyGetsIn_andTheRelayServesOn() throws Exception {
        System.out.println("seed " + SEED);
        RelayConfig config = new RelayConfig(
                Map.of(RelaySetting.UNLISTED_STREAMS, "reject"),
                Map.of(
                        "studio",
                        Map.of(StreamSetting.PUBLISH_TOKEN, "fuzz-pub", StreamSetting.PLAY_TOKEN, "fuzz-play"),
                        "priv",
                        Map.of(
                                StreamSetting.PASSPHRASE, SECRET,
                                StreamSetting.PUBLISH_TOKEN, "fuzz-pub",
                                StreamSetting.PLAY_TOKEN, "fuzz-play")),
                Map.of());
        try (QuietLog quiet = new QuietLog();
                Harness harness = new Harness(config)) {
            MemoryBound memory = new MemoryBound();
            RawMutator mutator = new RawMutator(
                    SEED,
                    List.of("publish:studio", "read:studio:u:guess", "#!::r=priv,m=publish", "play/priv"),
                    List.of(RawKey.even("another secret", 16, SEED).message()));
            try (RawFlood flood = new RawFlood(harness.relay().addresses().get(0), ADDRESSES)) {
                flood.send(HANDSHAKES, mutator::handshake, memory::check);
                System.out.println(flood.connected() + " connected, " + flood.rejected() + " rejected, " + memory);
                assertThat(flood.rejected()).isPositive();
            }
            assertThat(harness.hub().accepted(Role.PUBLISH).sum()).isZero();
            assertThat(harness.hub().accepted(Role.PLAY).sum()).isZero();
            assertThat(harness.hub().streams()).isEmpty();

            Await.until("a publisher is let in", () -> code(harness, "publish:studio:u:fuzz-pub", "") == 0);
            Await.until("a player of the other is, too", () -> code(harness, "read:priv:u:fuzz-play", SECRET) == 0);
            assertThat(harness.hub().accepted(Role.PUBLISH).sum()).isEqualTo(1);
            assertThat(harness.hub().accepted(Role.PLAY).sum()).isEqualTo(1);
            memory.checkAtTheEnd();
        }
    }

    private static int code(Harness harness, String streamId, String passphrase) {
        try {
            return harness.code(streamId, passphrase);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
