// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CountDownLatch;
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

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
