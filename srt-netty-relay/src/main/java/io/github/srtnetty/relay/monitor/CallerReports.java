// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Statistics and log of callers.
 *
 * @param statistics their numbers
 * @param log a line for each, within a limit
 */
public record CallerReports(CallerStatistics statistics, CallerLog log) {
    /**
     * Counts and logs a rejected caller.
     *
     * @param asked what the caller asked for, without its token
     */
    public void rejected(InetSocketAddress peer, String asked, SrtRejectReason reason) {
        statistics.countRejected(reason);
        log.rejected(peer, asked, reason);
    }

    /** Logs that an address is banned for wrong tokens. */
    public void banned(InetAddress address, int seconds) {
        log.banned(address, seconds);
    }
}
