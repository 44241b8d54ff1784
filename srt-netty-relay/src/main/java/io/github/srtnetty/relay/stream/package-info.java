// SPDX-License-Identifier: Apache-2.0
/**
 * Streams and their fan-out: a {@link io.github.srtnetty.relay.stream.Source} passes payloads to a {@link
 * io.github.srtnetty.relay.stream.FanOut}, and that to the {@link io.github.srtnetty.relay.stream.SendQueue} of each
 * {@link io.github.srtnetty.relay.stream.Sink}. Internal: shared by the relay and the programs.
 *
 * <p>Threads: a source runs on its own thread and never waits for a sink; each sink sends on its own.
 */
@NullMarked
package io.github.srtnetty.relay.stream;

import org.jspecify.annotations.NullMarked;
