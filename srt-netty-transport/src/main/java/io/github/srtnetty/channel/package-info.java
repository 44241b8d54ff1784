// SPDX-License-Identifier: Apache-2.0
/**
 * SRT as a Netty transport: {@link io.github.srtnetty.channel.SrtIoHandler} for the event loops, {@link
 * io.github.srtnetty.channel.SrtChannel} and {@link io.github.srtnetty.channel.SrtServerChannel} for the bootstraps,
 * options, configurations and {@code srt://} addresses.
 *
 * <p>May import: the binding ({@code libsrt}), Netty's transport and buffer, JCTools. Does not depend on the codec.
 *
 * <p>Threads: a channel does all its work on its event loop. The poller of the process only sets bits, offers
 * registrations and unparks loops. Any thread may use a configuration.
 */
@NullMarked
package io.github.srtnetty.channel;

import org.jspecify.annotations.NullMarked;
