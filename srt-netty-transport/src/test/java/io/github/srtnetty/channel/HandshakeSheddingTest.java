// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The share of handshakes that passes follows their rate. */
class HandshakeSheddingTest {
    private static final int LIMIT = 1000;

    private SrtAcceptLimits limits = SrtAcceptLimits.DEFAULT.withHandshakesInAll(LIMIT);
    private final List<Double> shares = new ArrayList<>();
    private final List<Boolean> reports = new ArrayList<>();
    private final Promise<Void> timer = ImmediateEventExecutor.INSTANCE.newPromise();
    private final HandshakeShedding shedding = new HandshakeShedding(listener(), shares::add, 0);
    private long now;

    @Test
    void aBurstUpToTheLimitPasses() {
        for (int i = 0; i < LIMIT; i++) {
            shedding.handshake(now);
        }
        assertThat(shedding.share()).isEqualTo(1);
        assertThat(shares).isEmpty();

        shedding.handshake(now);
        assertThat(shedding.share()).isEqualTo(0.5);
        assertThat(reports).containsExactly(true);
    }

    @Test
    void aRateBelowTheLimitPassesForEver() {
        for (int period = 0; period < 100; period++) {
            handshakes(LIMIT / 4 - 1);
        }
        assertThat(shares).isEmpty();
    }

    @Test
    void theShareFollowsTheRate_andEndsWithTheFlood() {
        int flood = 5 * LIMIT / 4; // in a period, at 5 times the limit
        handshakes(2 * flood);
        for (int period = 0; period < 10; period++) {
            handshakes((int) (flood * shedding.share()));
            shedding.look(now);
        }
        assertThat(shedding.share()).isCloseTo(0.2, within(0.02));

        for (int period = 0; period < 3; period++) {
            handshakes(1);
            shedding.look(now);
        }
        assertThat(shedding.share()).isEqualTo(1);
        assertThat(shares.get(shares.size() - 1)).isEqualTo(1);
        assertThat(reports).containsExactly(true, false);
        assertThat(timer.isCancelled()).isTrue();
    }

    @Test
    void aShareIsLeftInEveryFlood() {
        for (int period = 0; period < 20; period++) {
            handshakes(100 * LIMIT);
            shedding.look(now);
        }
        assertThat(shedding.share()).isEqualTo(HandshakeShedding.LEAST_SHARE);
    }

    @Test
    void withoutALimitEverythingPasses_alsoWhenItIsRemovedMeanwhile() {
        handshakes(10 * LIMIT);
        limits = SrtAcceptLimits.NONE;
        for (int period = 0; period < 3; period++) {
            shedding.look(now);
        }
        assertThat(shedding.share()).isEqualTo(1);
        handshakes(100 * LIMIT);
        assertThat(shedding.share()).isEqualTo(1);
    }

    @Test
    void aClosedListenerStartsNothing() {
        shedding.close();
        handshakes(10 * LIMIT);
        assertThat(shares).isEmpty();
        assertThat(reports).isEmpty();
    }

    /** Brings some in one period. */
    private void handshakes(int count) {
        for (int i = 0; i < count; i++) {
            shedding.handshake(now + HandshakeShedding.PERIOD_NANOS * i / count);
        }
        now += HandshakeShedding.PERIOD_NANOS;
    }

    private HandshakeShedding.Listener listener() {
        return new HandshakeShedding.Listener() {
            @Override
            public SrtAcceptLimits limits() {
                return limits;
            }

            @Override
            public void execute(Runnable task) {
                task.run();
            }

            @Override
            public Future<?> every(Runnable task) {
                assertThat(TimeUnit.NANOSECONDS.toMillis(HandshakeShedding.PERIOD_NANOS))
                        .isEqualTo(250);
                return timer;
            }

            @Override
            public void shedding(boolean on) {
                reports.add(on);
            }
        };
    }
}
