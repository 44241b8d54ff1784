// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.stream.Streams;
import io.netty.channel.EventLoopGroup;

/**
 * The parts that pulls work with.
 *
 * @param loops the event loops of the relay
 * @param streams the registry of streams
 * @param state the rules in effect
 * @param directory which node has which stream
 * @param keys what authenticates this node
 * @param log takes the lines about pulls, within its limit
 * @param policy the delays
 * @param counts counts attempts
 */
public record PullParts(
        EventLoopGroup loops,
        Streams streams,
        RelayState state,
        StreamDirectory directory,
        PullKeys keys,
        CallerLog log,
        PullPolicy policy,
        PullCounts counts) {}
