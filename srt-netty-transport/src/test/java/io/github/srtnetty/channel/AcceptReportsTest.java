// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptReportsTest {
    private static final SrtRejectedEvent.Cause FILTER = SrtRejectedEvent.Cause.FILTER;

    private final List<Runnable> queue = new ArrayList<>();
    private final List<SrtRejectedEvent> events = new ArrayList<>();
    private final SrtAcceptRequest caller = new SrtAcceptRequest(new InetSocketAddress("127.0.0.1", 9), "a", 5);

    @Test
    void aLoopThatStandsStill_getsABoundedQueue_andTheRestIsCounted() {
        AcceptReports reports = new AcceptReports(queue::add, events::add);

        for (int i = 0; i < 100_000; i++) {
            reports.rejected(caller, SrtRejectReason.FORBIDDEN, FILTER);
        }
        assertThat(queue).hasSize(1000);
        queue.forEach(Runnable::run);

        assertThat(events).hasSize(1000);
        assertThat(reports.counts(0).rejected(FILTER)).isEqualTo(100_000);
        assertThat(reports.counts(0).droppedEvents()).isEqualTo(99_000);
    }

    @Test
    void aLoopThatHasEnded_harmsNothing() {
        AcceptReports reports = new AcceptReports(
                task -> {
                    throw new IllegalStateException("channel not registered to an event loop");
                },
                events::add);

        reports.rejected(caller, SrtRejectReason.FORBIDDEN, FILTER);

        assertThat(reports.counts(0).rejected(FILTER)).isEqualTo(1);
        assertThat(reports.counts(0).droppedEvents()).isEqualTo(1);
    }
}
