// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.access.Authority;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.access.WrongTokens;
import io.github.srtnetty.relay.api.StatusView;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.stream.Streams;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The memory of a relay.
 *
 * @param streams the registry of streams
 * @param state the rules in effect
 * @param places the callers that count against limits
 * @param wrongTokens the addresses that tried wrong tokens
 * @param bans the callers that are rejected for some time
 * @param authority what decides about callers
 * @param reports statistics and log of callers
 */
record RelayParts(
        Streams streams,
        RelayState state,
        Places places,
        WrongTokens wrongTokens,
        Bans bans,
        Authority authority,
        CallerReports reports) {
    /**
     * Creates the parts of a relay without streams and callers.
     *
     * @param logger runs what libsrt's threads want to log
     */
    static RelayParts create(RelayRules rules, Executor logger) {
        Streams streams = new Streams();
        RelayState state = new RelayState(rules);
        return new RelayParts(
                streams,
                state,
                new Places(streams::isLive),
                new WrongTokens(),
                new Bans(),
                new Authority(state),
                new CallerReports(new CallerStatistics(), new CallerLog(logger)));
    }

    /** Returns what the HTTP side reads of a relay that starts now. */
    StatusView view() {
        return new StatusView(streams, state, reports.statistics(), Instant.now(), places::connected);
    }
}
