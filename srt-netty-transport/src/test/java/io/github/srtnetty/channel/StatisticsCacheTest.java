// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StatisticsCacheTest {
    @Test
    void aSampleThatAnotherThreadTookBeforeTheLastOne_doesNotReplaceIt() throws Exception {
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(channel -> {});
            SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtStatistics older = caller.socket().statistics(false);
            SrtStatistics latest = caller.socket().statistics(false);
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            StatisticsCache cache = new StatisticsCache(
                    clear -> {
                        if (!clear) {
                            return latest;
                        }
                        taken.countDown();
                        awaitQuietly(closed); // another thread, which gets no processor meanwhile
                        return older;
                    },
                    new FakeLoop(),
                    new CloseReasonTracker());
            Thread metrics = new Thread(() -> cache.sample(true));
            metrics.start();
            taken.await();

            cache.end();
            closed.countDown();
            metrics.join();

            assertThat(cache.last()).isSameAs(latest);
        }
    }

    @Test
    void samplesFourTimesASecond_asLongAsTheConnectionIsUpAndOnALoop() throws Exception {
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(channel -> {});
            SrtStatistics sample = loopback.connect(new ChannelInboundHandlerAdapter())
                    .socket()
                    .statistics(false);
            FakeLoop loop = new FakeLoop();
            AtomicInteger samples = new AtomicInteger();
            StatisticsCache cache = new StatisticsCache(
                    clear -> {
                        samples.incrementAndGet();
                        return sample;
                    },
                    loop,
                    new CloseReasonTracker());

            cache.joinedLoop();
            assertThat(loop.timers()).as("not connected").isZero();
            cache.connected();
            assertThat(samples).hasValue(1);
            loop.passMillis(10_100);
            int firstTurn = samples.get();
            assertThat(firstTurn).isBetween(1 + 40, 1 + 42);

            cache.leftLoop();
            assertThat(loop.timers()).isZero();
            cache.joinedLoop();
            loop.passMillis(1000);
            int secondTurn = samples.get();
            assertThat(secondTurn - firstTurn).isBetween(3, 5);

            cache.end();
            assertThat(samples).hasValue(secondTurn + 1);
            assertThat(loop.timers()).isZero();
        }
    }

    @Test
    void samplesNoMore_whenThePeerHasLeft() {
        FakeLoop loop = new FakeLoop();
        StatisticsCache cache = new StatisticsCache(clear -> null, loop, new CloseReasonTracker());
        cache.connected();

        loop.passMillis(1000);

        assertThat(loop.timers()).isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
