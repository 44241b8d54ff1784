// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Statistics, log and events of callers.
 *
 * @param statistics their numbers
 * @param log a line for each, within a limit
 * @param rejections is notified of each one that is rejected
 */
public record CallerReports(CallerStatistics statistics, CallerLog log, Rejections rejections) {
    /** Is notified of rejected callers. */
    @FunctionalInterface
    public interface Rejections {
        /** Is called by libsrt's receive thread or an event loop, and never waits. */
        void rejected(InetSocketAddress peer, String asked, SrtRejectReason reason);
    }

    /** Reports by numbers and log only. */
    public CallerReports(CallerStatistics statistics, CallerLog log) {
        this(statistics, log, (peer, asked, reason) -> {});
    }

    /**
     * Counts and logs a rejected caller.
     *
     * @param asked what the caller asked for, without its token
     */
    public void rejected(InetSocketAddress peer, String asked, SrtRejectReason reason) {
        statistics.countRejected(reason);
        log.rejected(peer, asked, reason);
        rejections.rejected(peer, asked, reason);
    }

    /** Logs that an address is banned for wrong tokens. */
    public void banned(InetAddress address, int seconds) {
        log.banned(address, seconds);
    }
}
