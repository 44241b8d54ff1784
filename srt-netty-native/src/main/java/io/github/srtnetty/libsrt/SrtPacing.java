// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * All thresholds and delays with which this library trades a little latency for fewer wake-ups; docs/performance.md has
 * the measurements. Internal: public for the Netty transport only.
 *
 * @param reading when a fast receiver reads in batches
 * @param writing when a blocked sender retries
 * @param polling when the poller polls at intervals instead of being woken by libsrt
 */
public record SrtPacing(Reading reading, Writing writing, Polling polling) {
    /** The values in use, each with its reason. */
    public static final SrtPacing DEFAULT = new SrtPacing(
            new Reading(
                    // 3 ms save a little more CPU and make the stream less even
                    TimeUnit.MILLISECONDS.toNanos(2),
                    // 42 Mbit/s; at 200 Mbit/s two wake-ups for every one or two messages cost a third of the
                    // receiver's CPU
                    8,
                    // a batch adds at most a tenth of the latency
                    20,
                    // 400 Mbit/s, ten times as much as in message mode: a peer may be waiting for a slower stream
                    100_000,
                    // several times the data that arrives during a batch, 0.6 MB at 2.5 Gbit/s
                    4 << 20,
                    // a request and its answer follow each other faster, and must not be delayed
                    TimeUnit.MILLISECONDS.toNanos(100)),
            new Writing(
                    // libsrt reports no room for messages of several packets, and none when it drops late packets
                    TimeUnit.MILLISECONDS.toNanos(5),
                    // libsrt reports room after every 64 packets, 0.3 ms at 2.5 Gbit/s
                    TimeUnit.MILLISECONDS.toNanos(1),
                    // holds more than is sent in one refill delay, 0.3 MB at 2.5 Gbit/s
                    1 << 20,
                    // sent within one retry delay at 60 Mbit/s, so that waiting for the backlog costs no throughput
                    32,
                    // at most ten times a second: a source without data for so long does not need a fast retry
                    TimeUnit.MILLISECONDS.toNanos(100),
                    // longer than a disk takes to spin up
                    TimeUnit.SECONDS.toNanos(30)),
            new Polling(
                    // ten batches: a continuing stream repeats its request long before
                    TimeUnit.MILLISECONDS.toNanos(20),
                    // the most that an event of any socket is delayed while the poller backs off
                    TimeUnit.MICROSECONDS.toNanos(500),
                    // twenty polls: enough for an average
                    TimeUnit.MILLISECONDS.toNanos(10),
                    // 6,000 events per second: a wake-up costs 10 us, so 6 % of a core
                    60,
                    // with fewer in each poll, a peer may be waiting for each of them
                    4,
                    // backing off delays events: if there was no crowd, it happens at most once a second
                    TimeUnit.SECONDS.toNanos(1)));

    /**
     * When a receiver coalesces: a timer of the event loop reads a fast connection that is empty again only after
     * {@code batchNanos}, like interrupt coalescing in network cards.
     *
     * @param batchNanos the time between two reads, and the window for counting messages and bytes
     * @param fastMessages in message mode, the number of messages in a window that makes a connection fast
     * @param leastLatencyMillis in message mode, the smallest latency of a connection that is coalesced
     * @param fastBytes in stream mode, the number of bytes in a window that makes a connection fast
     * @param leastBufferBytes in stream mode, the smallest receive buffer of a connection that is coalesced
     * @param oneWayNanos in stream mode, the time for which the connection must have sent nothing
     */
    public record Reading(
            long batchNanos,
            int fastMessages,
            int leastLatencyMillis,
            int fastBytes,
            int leastBufferBytes,
            long oneWayNanos) {}

    /**
     * When a sender retries after libsrt's buffer was full.
     *
     * @param retryNanos the delay in message mode
     * @param refillNanos the delay in stream mode, while libsrt accepts data at each attempt
     * @param leastBufferBytes in stream mode, the smallest send buffer with which a sender retries by a timer
     * @param mostUnsentPackets in file mode, the most unsent packets in libsrt with which a message with a time to live
     *     is sent
     * @param longestEmptyRetryNanos the longest delay before the next read of a file region that had no bytes; the
     *     first delay is {@code refillNanos}, and each one is twice the previous one
     * @param emptyLimitNanos the time without a byte after which a file region fails
     */
    public record Writing(
            long retryNanos,
            long refillNanos,
            int leastBufferBytes,
            int mostUnsentPackets,
            long longestEmptyRetryNanos,
            long emptyLimitNanos) {}

    /**
     * When the poller backs off: it then polls at intervals, and libsrt does not wake it.
     *
     * @param requestNanos how long it backs off after a request of a connection
     * @param lookNanos the time between two polls
     * @param windowNanos the window for counting events
     * @param crowdEvents the number of events in a window at which it backs off by itself
     * @param leastEvents the average number of events per poll below which it stops backing off
     * @param retryNanos how long it does not back off again after that
     */
    public record Polling(
            long requestNanos, long lookNanos, long windowNanos, int crowdEvents, int leastEvents, long retryNanos) {}
}
