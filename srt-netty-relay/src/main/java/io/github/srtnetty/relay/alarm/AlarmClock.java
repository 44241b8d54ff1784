// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Samples alarms each {@link Alarms#PERIOD}, on a thread of its own. */
public final class AlarmClock implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AlarmClock.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("relay-alarms", true));

    private AlarmClock() {}

    /**
     * Starts a clock.
     *
     * @param before runs before each sample, with the time in nanoseconds
     */
    public static AlarmClock start(Alarms alarms, LongConsumer before) {
        AlarmClock clock = new AlarmClock();
        long millis = Alarms.PERIOD.toMillis();
        clock.thread.scheduleAtFixedRate(() -> sample(alarms, before), millis, millis, TimeUnit.MILLISECONDS);
        return clock;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static void sample(Alarms alarms, LongConsumer before) {
        try {
            long nowNanos = System.nanoTime();
            before.accept(nowNanos);
            alarms.sample(nowNanos, Instant.now());
        } catch (RuntimeException e) {
            LOGGER.error("sampling for the alarms failed", e);
        }
    }
}
