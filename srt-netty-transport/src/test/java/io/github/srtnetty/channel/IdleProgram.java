// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.channel.testing.Loopback;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what the Java threads (event loops and poller) spend on ten connected, silent channels, in percent of one
 * core: in the quietest second of five. libsrt's own threads are left out: each UDP port has two that look 100 times a
 * second.
 */
final class IdleProgram {
    private static final int CHANNELS = 10;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MEASUREMENTS = 5;

    private IdleProgram() {}

    public static void main(String[] args) {
        try (Loopback loopback = new Loopback(2)) {
            loopback.listen(channel -> {});
            for (int i = 0; i < CHANNELS; i++) {
                loopback.connect(new ChannelInboundHandlerAdapter());
            }
            LockSupport.parkNanos(SETTLE_NANOS);
            double least = percent();
            for (int i = 1; i < MEASUREMENTS; i++) {
                least = Math.min(least, percent());
            }
            System.out.println("percent " + least);
        }
    }

    private static double percent() {
        Map<Long, Long> before = javaThreadsNanos();
        long start = System.nanoTime();
        LockSupport.parkNanos(MEASURE_NANOS);
        long used = javaThreadsNanos().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum(); // one that has ended meanwhile is left out
        return 100.0 * used / (System.nanoTime() - start);
    }

    private static Map<Long, Long> javaThreadsNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : threads.getAllThreadIds()) {
            nanos.put(id, Math.max(0, threads.getThreadCpuTime(id))); // -1: it has ended
        }
        nanos.values().removeIf(cpu -> cpu == 0);
        return nanos;
    }
}
