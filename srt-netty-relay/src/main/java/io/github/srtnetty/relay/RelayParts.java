// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.access.Authority;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.access.Places;
import io.github.srtnetty.relay.access.TokenBans;
import io.github.srtnetty.relay.alarm.Alarms;
import io.github.srtnetty.relay.alarm.ClusterSize;
import io.github.srtnetty.relay.alarm.EncryptionFailures;
import io.github.srtnetty.relay.api.StatusView;
import io.github.srtnetty.relay.claim.Claims;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.event.EventBus;
import io.github.srtnetty.relay.event.RejectionEvents;
import io.github.srtnetty.relay.event.StreamEvents;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.monitor.CallerReports;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.node.NodeView;
import io.github.srtnetty.relay.stream.Streams;
import io.github.srtnetty.relay.webhook.Webhooks;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The memory of a relay.
 *
 * @param streams the registry of streams
 * @param state the rules in effect
 * @param places the callers counted against limits
 * @param tokenBans the addresses that are banned for wrong tokens
 * @param bans the callers that are rejected for some time
 * @param authority what decides about callers
 * @param reports statistics and log of callers
 * @param events what happens
 * @param alarms what is wrong
 * @param webhooks where events are sent
 * @param directory which node of the cluster has which stream; of a relay that runs alone, its own streams
 * @param claims the names that publishers of this node hold in the directory
 * @param node what operators read of the cluster
 */
record RelayParts(
        Streams streams,
        RelayState state,
        Places places,
        TokenBans tokenBans,
        Bans bans,
        Authority authority,
        CallerReports reports,
        EventBus events,
        Alarms alarms,
        Webhooks webhooks,
        StreamDirectory directory,
        Claims claims,
        NodeView node) {
    /**
     * Creates the parts of a relay without streams and callers.
     *
     * @param logger runs what libsrt's threads want to log
     * @param node the cluster; the caller closes its directory
     */
    static RelayParts create(RelayRules rules, Executor logger, NodeView node) {
        EventBus events = new EventBus();
        Webhooks webhooks = new Webhooks(events.instance());
        webhooks.use(rules.webhooks());
        events.listen(webhooks::accept);
        Streams streams = new Streams(new StreamEvents(events));
        RelayState state = new RelayState(rules);
        EncryptionFailures failures = new EncryptionFailures(state);
        StreamDirectory directory = node.directory();
        Claims claims = new Claims(directory);
        return new RelayParts(
                streams,
                state,
                new Places(name -> streams.isPublished(name) || claims.isElsewhere(name), failures::notAccepted),
                new TokenBans(),
                new Bans(),
                new Authority(state),
                new CallerReports(new CallerStatistics(), new CallerLog(logger), new RejectionEvents(events)::rejected),
                events,
                new Alarms(streams, state, failures, events, new ClusterSize(node::nodes, node.expectedNodes())),
                webhooks,
                directory,
                claims,
                node);
    }

    /** Returns whether a stream has a publisher that sends, on any node. */
    boolean isLive(String name) {
        return streams.isLive(name) || claims.isElsewhere(name);
    }

    /** Returns what the HTTP side reads of a relay that starts now. */
    StatusView view() {
        return new StatusView(
                streams,
                state,
                reports.statistics(),
                Instant.now(),
                places::connected,
                events,
                alarms,
                webhooks,
                node,
                authority);
    }
}
