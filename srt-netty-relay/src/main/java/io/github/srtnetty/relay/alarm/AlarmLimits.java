// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import java.util.concurrent.TimeUnit;

/**
 * The limits of one stream; 0 switches one off.
 *
 * @param noDataSeconds of a publisher that sends nothing
 * @param minBitsPerSecond that the publisher must send
 * @param lossPercent of the publisher's packets
 * @param droppedPackets of slow players within a window
 * @param encryptionFailures within a window
 * @param holdNanos how long a condition must last, and how long it must be over
 */
record AlarmLimits(
        int noDataSeconds,
        int minBitsPerSecond,
        int lossPercent,
        int droppedPackets,
        int encryptionFailures,
        long holdNanos) {
    static AlarmLimits of(RelayRules rules, String stream) {
        return new AlarmLimits(
                rules.number(RelaySetting.ALARM_NO_DATA_SECONDS, stream),
                rules.number(RelaySetting.ALARM_MIN_BITS_PER_SECOND, stream),
                rules.number(RelaySetting.ALARM_LOSS_PERCENT, stream),
                rules.number(RelaySetting.ALARM_DROPPED_PACKETS, stream),
                rules.number(RelaySetting.ALARM_ENCRYPTION_FAILURES, stream),
                TimeUnit.SECONDS.toNanos(rules.number(RelaySetting.ALARM_HOLD_SECONDS, stream)));
    }
}
