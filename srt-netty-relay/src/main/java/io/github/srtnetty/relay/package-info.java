// SPDX-License-Identifier: Apache-2.0
/**
 * A relay: publishers send streams, players get them, both name the stream by their stream id. The data flows one way
 * through small classes: {@link io.github.srtnetty.relay.RelayFilter} (the accept filter) asks {@link
 * io.github.srtnetty.relay.StreamIds} for role and name; {@link
 * io.github.srtnetty.relay.Publisher} hands what it reads to its {@link
 * io.github.srtnetty.relay.LiveStream}, which the {@link
 * io.github.srtnetty.relay.Hub} keeps by name, and that to the bounded queue of each {@link
 * io.github.srtnetty.relay.Player}. {@link io.github.srtnetty.relay.RelayServer} wires them up.
 *
 * <p>May import: the channels ({@code channel}), the binding's options and statistics, Netty's HTTP codec, Jackson's
 * streaming parser, Micrometer.
 *
 * <p>Threads: the filter runs on libsrt's receive threads and only reads memory; a publisher runs on its loop and never
 * waits for a player's; each player writes on its own loop.
 */
@NullMarked
package io.github.srtnetty.relay;

import org.jspecify.annotations.NullMarked;
