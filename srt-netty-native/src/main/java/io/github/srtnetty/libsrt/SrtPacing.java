// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.TimeUnit;

/**
 * All thresholds and delays by which this library trades a little latency for fewer wake-ups; docs/performance.md has
 * the measurements. Internal: it is public for the Netty transport only.
 *
 * @param reading when a fast receiver reads in batches
 * @param writing when a blocked sender retries
 * @param polling when the poller looks at intervals instead of being woken by libsrt
 */
public record SrtPacing(Reading reading, Writing writing, Polling polling) {
    /** The values that are used, each with its reason. */
    public static final SrtPacing DEFAULT = new SrtPacing(
            new Reading(
                    // 3 ms save a little more CPU and make the stream less even
                    TimeUnit.MILLISECONDS.toNanos(2),
                    // 42 Mbit/s; at 200 Mbit/s two wake-ups for each message or two cost a third of the receiver's CPU
                    8,
                    // a batch adds a tenth of the latency at most
                    20,
                    // 400 Mbit/s, ten times as much as in message mode: a peer may be waiting for a slower stream
                    100_000,
                    // holds what arrives meanwhile, 0.6 MB at 2.5 Gbit/s, several times over
                    4 << 20,
                    // a request and its answer are closer to each other: do not delay them
                    TimeUnit.MILLISECONDS.toNanos(100)),
            new Writing(
                    // libsrt raises no event for messages of several packets, nor when it drops late ones itself
                    TimeUnit.MILLISECONDS.toNanos(5),
                    // libsrt reports room after each 64 packets, 0.3 ms at 2.5 Gbit/s
                    TimeUnit.MILLISECONDS.toNanos(1),
                    // holds more than is sent in one refill delay, 0.3 MB at 2.5 Gbit/s
                    1 << 20,
                    // leave within one retry delay at 60 Mbit/s, so that the wait for the backlog costs no throughput
                    32,
                    // ten times a second at most: a source that has nothing for so long is not in a hurry
                    TimeUnit.MILLISECONDS.toNanos(100),
                    // longer than a disk that spins up takes
                    TimeUnit.SECONDS.toNanos(30)),
            new Polling(
                    // ten batches: a stream that goes on asks again long before
                    TimeUnit.MILLISECONDS.toNanos(20),
                    // the most that an event of any socket is delayed while the poller backs off
                    TimeUnit.MICROSECONDS.toNanos(500),
                    // twenty looks: enough for an average
                    TimeUnit.MILLISECONDS.toNanos(10),
                    // 6,000 events a second: a wake-up costs 10 us, hence 6 % of a core
                    60,
                    // with fewer in each look somebody may be waiting for each of them
                    4,
                    // an attempt delays events: a crowd that proved to be none costs at most one a second
                    TimeUnit.SECONDS.toNanos(1)));

    /**
     * When a receiver coalesces: once a fast connection is empty it is read again only after {@code batchNanos}, by a
     * timer of its event loop, as network cards do under load.
     *
     * @param batchNanos the time between two reads, and the window in which messages and bytes are counted
     * @param fastMessages in message mode, the messages in a window from which on a connection is fast
     * @param leastLatencyMillis in message mode, the latency from which on a connection is coalesced
     * @param fastBytes in stream mode, the bytes in a window from which on a connection is fast
     * @param leastBufferBytes in stream mode, the receive buffer from which on a connection is coalesced
     * @param oneWayNanos in stream mode, how long the connection must have sent nothing
     */
    public record Reading(
            long batchNanos,
            int fastMessages,
            int leastLatencyMillis,
            int fastBytes,
            int leastBufferBytes,
            long oneWayNanos) {}

    /**
     * When a sender retries that found libsrt's buffer full.
     *
     * @param retryNanos the delay in message mode
     * @param refillNanos the delay in stream mode, while libsrt still takes something at each try
     * @param leastBufferBytes in stream mode, the send buffer from which on a sender retries by a timer
     * @param mostUnsentPackets in file mode, how many unsent packets of libsrt a message with a time to live waits for
     * @param longestEmptyRetryNanos the longest delay before a file region that had no bytes is asked again; the first
     *     is {@code refillNanos}, and each is twice the one before
     * @param emptyLimitNanos after how long without a byte a file region fails
     */
    public record Writing(
            long retryNanos,
            long refillNanos,
            int leastBufferBytes,
            int mostUnsentPackets,
            long longestEmptyRetryNanos,
            long emptyLimitNanos) {}

    /**
     * When the poller backs off, which means that it looks at intervals, and libsrt does not wake it.
     *
     * @param requestNanos how long it backs off after a connection asked for it
     * @param lookNanos the time between two looks
     * @param windowNanos the window in which events are counted
     * @param crowdEvents the events in a window from which on it backs off by itself
     * @param leastEvents the events for each look, on average, below which it stops again
     * @param retryNanos how long it does not try again after that
     */
    public record Polling(
            long requestNanos, long lookNanos, long windowNanos, int crowdEvents, int leastEvents, long retryNanos) {}
}
