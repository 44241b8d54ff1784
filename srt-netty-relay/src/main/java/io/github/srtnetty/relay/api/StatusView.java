// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.access.Authority;
import io.github.srtnetty.relay.alarm.Alarms;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.node.NodeView;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.webhook.Webhooks;
import java.time.Instant;
import java.util.function.IntSupplier;

/**
 * The parts of a relay that the status pages read.
 *
 * @param streams the registry of streams
 * @param state the rules and whether the relay is draining
 * @param callers numbers of callers
 * @param startedAt when the relay was started
 * @param connections returns the number of publishers and players that are connected
 * @param events what happens
 * @param alarms what is wrong
 * @param webhooks where events are sent
 * @param node the cluster
 * @param authority what decides about callers
 */
public record StatusView(
        Streams streams,
        RelayState state,
        CallerStatistics callers,
        Instant startedAt,
        IntSupplier connections,
        EventBus events,
        Alarms alarms,
        Webhooks webhooks,
        NodeView node,
        Authority authority) {}
