// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

/**
 * Delays of pulls.
 *
 * @param latencyMillis the latency of SRT between two nodes; it adds to those of publisher and player
 * @param lingerMillis how long a pull continues without players
 * @param tailMillis how long a pull that was replaced may deliver, if its origin does not close it
 * @param firstRetryMillis the delay after the first failure; it doubles with each one
 * @param longestRetryMillis the longest of these delays
 * @param refusedRetryMillis the delay after a rejection that lasts
 */
public record PullPolicy(
        int latencyMillis,
        int lingerMillis,
        int tailMillis,
        int firstRetryMillis,
        int longestRetryMillis,
        int refusedRetryMillis) {
    /**
     * The delays of a relay.
     *
     * <ul>
     *   <li>120 ms of latency: libsrt's default, good for four round trips of 30 ms, more than nodes of one region have
     *       between them. A packet that is still missing then is awaited and not dropped, because all players of the
     *       node would miss it.
     *   <li>5 s without players: a player that reconnects, also for its next programme, finds the stream running.
     *   <li>10 s of tail: a publisher that has left is delivered for up to its latency, usually 8 s at most.
     *   <li>100 ms to 2 s between attempts: an entry of the directory may be a moment older than its publisher; a
     *       restarted node is found soon.
     *   <li>10 s after a wrong secret, which a person has to correct.
     * </ul>
     */
    public static final PullPolicy DEFAULT = new PullPolicy(120, 5000, 10_000, 100, 2000, 10_000);

    /** Returns the delay after this many failures in a row. */
    int retryMillis(int failures) {
        long delay = (long) firstRetryMillis << Math.min(16, Math.max(0, failures - 1));
        return (int) Math.min(longestRetryMillis, delay);
    }
}
