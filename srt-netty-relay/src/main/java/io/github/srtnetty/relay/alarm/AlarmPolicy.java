// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.time.Duration;

/**
 * The common policy of all alarms.
 *
 * @param period between two samples
 * @param window over which rates, losses and failures are counted
 * @param goodRate a bit rate is good again at this multiple of its limit, so a rate near the limit raises one
 *     alarm, not many
 * @param goodLoss a loss is good again below this part of its limit, for the same reason
 * @param leastPackets minimum packets in a window to compute a loss: 1 of 10 is not yet 10 %
 */
record AlarmPolicy(Duration period, Duration window, double goodRate, double goodLoss, long leastPackets) {
    static final AlarmPolicy DEFAULT = new AlarmPolicy(Duration.ofSeconds(1), Duration.ofSeconds(10), 1.1, 0.8, 100);
}
