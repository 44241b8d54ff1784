// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtAcceptLimits;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;

/** The limits of the cost of callers before the accept filter checks them. */
public final class HandshakeLimits {
    private HandshakeLimits() {}

    /** Returns the limits of a listener under these rules. */
    public static SrtAcceptLimits of(RelayRules rules) {
        return SrtAcceptLimits.DEFAULT
                .withHandshakes(
                        rules.number(RelaySetting.HANDSHAKES_PER_SECOND), rules.number(RelaySetting.HANDSHAKE_BURST))
                .withHandshakesInAll(rules.number(RelaySetting.HANDSHAKES_IN_ALL))
                .withHalfOpen(rules.number(RelaySetting.MAX_HALF_OPEN));
    }
}
