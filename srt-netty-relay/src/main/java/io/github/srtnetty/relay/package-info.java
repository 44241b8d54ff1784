// SPDX-License-Identifier: Apache-2.0
/**
 * A relay of SRT streams: publishers send streams, players receive them, both name the stream in their stream id. Only
 * this package is API: {@link io.github.srtnetty.relay.RelayServer} and {@link io.github.srtnetty.relay.RelayConfig}.
 * Its sub-packages are public for each other and for the programs of this project, and change without notice.
 *
 * <p>May import: the channels ({@code channel}, {@code bootstrap}), the binding's options and statistics, Netty's HTTP
 * codec, Jackson's streaming parser, Micrometer.
 */
@NullMarked
package io.github.srtnetty.relay;

import org.jspecify.annotations.NullMarked;
