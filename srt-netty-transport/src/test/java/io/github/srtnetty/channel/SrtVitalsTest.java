// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtVitalsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 5000, PEER_CLOSED",
        "4699, 5000, PEER_CLOSED",
        "4700, 5000, IDLE_TIMEOUT",
        "7499, 5000, IDLE_TIMEOUT",
        "7500, 5000, LOST",
        "3600000, 5000, LOST",
    })
    void tellsFromTheSilenceWhyThePeerIsGone(long silentMillis, int peerIdleMillis, SrtCloseReason reason) {
        assertThat(SrtVitals.reasonAfter(silentMillis, peerIdleMillis)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "4499, 2000, PEER_CLOSED",
        "4500, 2000, IDLE_TIMEOUT",
        "7299, 2000, IDLE_TIMEOUT",
        "7300, 2000, LOST",
        "4500, 4800, IDLE_TIMEOUT",
        "4500, 4801, PEER_CLOSED",
    })
    void reckonsWithTheLeastThatLibsrtWaits(long silentMillis, int peerIdleMillis, SrtCloseReason reason) {
        assertThat(SrtVitals.reasonAfter(silentMillis, peerIdleMillis)).isEqualTo(reason);
    }

    @Test
    void aSampleThatAnotherThreadTookBeforeTheLastOne_doesNotReplaceIt() throws Exception {
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(channel -> {});
            SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
            SrtStatistics older = caller.socket().statistics(false);
            SrtStatistics latest = caller.socket().statistics(false);
            CountDownLatch taken = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            SrtVitals vitals = new SrtVitals(caller, clear -> {
                if (!clear) {
                    return latest;
                }
                taken.countDown();
                awaitQuietly(closed); // another thread, which gets no processor meanwhile
                return older;
            });
            Thread metrics = new Thread(() -> vitals.statistics(true));
            metrics.start();
            taken.await();

            caller.eventLoop().submit(vitals::closing).sync();
            closed.countDown();
            metrics.join();

            assertThat(vitals.statistics(false)).isSameAs(latest);
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
