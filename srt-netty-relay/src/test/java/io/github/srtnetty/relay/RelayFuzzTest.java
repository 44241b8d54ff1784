// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.StreamSetting;
import io.github.srtnetty.relay.streamid.Role;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.MemoryBound;
import io.github.srtnetty.testing.QuietLog;
import io.github.srtnetty.testing.RawFlood;
import io.github.srtnetty.testing.RawKey;
import io.github.srtnetty.testing.RawMutator;
import io.github.srtnetty.testing.TestSecrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutated handshakes of strangers against the relay: nobody gets in, its memory is bounded, and it serves on. */
@Tag("slow")
class RelayFuzzTest {
    private static final long SEED = 20_261_128;
    private static final int HANDSHAKES = Integer.getInteger("srt.fuzz.relay", 10_000);
    private static final int ADDRESSES = 4;
    private static final String SECRET = TestSecrets.PASSPHRASE;
    private static final String PUBLISH_TOKEN = TestSecrets.MARK + "-publish";
    private static final String PLAY_TOKEN = TestSecrets.MARK + "-play";

    @Test
    @SuppressWarnings("try")
    void nobodyWithoutTokenAndKeyGetsIn_andTheRelayServesOn() throws Exception {
        System.out.println("seed " + SEED);
        RelayRules config = new RelayRules(
                Map.of(RelaySetting.UNLISTED_STREAMS, "reject"),
                Map.of(
                        "studio",
                        Map.of(StreamSetting.PUBLISH_TOKEN, PUBLISH_TOKEN, StreamSetting.PLAY_TOKEN, PLAY_TOKEN),
                        "priv",
                        Map.of(
                                StreamSetting.PASSPHRASE, SECRET,
                                StreamSetting.PUBLISH_TOKEN, PUBLISH_TOKEN,
                                StreamSetting.PLAY_TOKEN, PLAY_TOKEN)),
                Map.of());
        try (QuietLog quiet = new QuietLog();
                Harness harness = new Harness(config)) {
            MemoryBound memory = new MemoryBound();
            RawMutator mutator = new RawMutator(
                    SEED,
                    List.of("publish:studio", "read:studio:u:s3cr3t-guess", "#!::r=priv,m=publish", "play/priv"),
                    List.of(RawKey.even(TestSecrets.WRONG_PASSPHRASE, 16, SEED).message()));
            try (RawFlood flood = new RawFlood(harness.relay().addresses().get(0), ADDRESSES)) {
                flood.send(HANDSHAKES, mutator::handshake, memory::check);
                System.out.println(flood.connected() + " connected, " + flood.rejected() + " rejected, " + memory);
                assertThat(flood.rejected()).isPositive();
            }
            assertThat(accepted(harness)).isZero();
            assertThat(harness.streams().all()).isEmpty();

            Await.until("a publisher is let in", () -> code(harness, "publish:studio:u:" + PUBLISH_TOKEN, "") == 0);
            Await.until("a player of the other is, too", () -> code(harness, "read:priv:u:" + PLAY_TOKEN, SECRET) == 0);
            Await.until("both are counted", () -> accepted(harness) == 2); // a caller may be connected before
            memory.checkAtTheEnd();
        }
    }

    private static long accepted(Harness harness) {
        return harness.callers().accepted(Role.PUBLISH).sum()
                + harness.callers().accepted(Role.PLAY).sum();
    }

    private static int code(Harness harness, String streamId, String passphrase) {
        try {
            return harness.code(streamId, passphrase);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
