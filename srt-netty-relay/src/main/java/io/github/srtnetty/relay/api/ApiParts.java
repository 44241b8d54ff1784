// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.dashboard.Dashboard;
import io.github.srtnetty.relay.gate.Gate;
import io.github.srtnetty.relay.http.Worker;

/**
 * The parts that the control API works with.
 *
 * @param gate decides about each request
 * @param worker runs what blocks
 * @param rates bit rates of the streams
 * @param bans that the accept filter looks up
 * @param tokenBans the addresses that are banned for wrong tokens
 * @param control the relay as a whole
 * @param dashboard what the page shows
 * @param configs settings of the streams
 */
public record ApiParts(
        Gate gate,
        Worker worker,
        BitRates rates,
        Bans bans,
        TokenBans tokenBans,
        RelayControl control,
        Dashboard dashboard,
        StreamConfigs configs) {}
