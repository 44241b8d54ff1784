// SPDX-License-Identifier: Apache-2.0
/**
 * SRT as a Netty transport: {@link io.github.srtnetty.channel.SrtIoHandler} for the event loops, {@link
 * io.github.srtnetty.channel.SrtChannel} and {@link io.github.srtnetty.channel.SrtServerChannel} for the bootstraps,
 * options, configurations and {@code srt://} addresses.
 *
 * <p>May import: the binding ({@code libsrt}), Netty's transport and buffer, JCTools. Knows no codec.
 *
 * <p>Threads: everything of a channel happens on its event loop. The one poller of the process only sets bits, offers
 * and unparks. Configurations may be used from any thread.
 */
@NullMarked
package io.github.srtnetty.channel;

import org.jspecify.annotations.NullMarked;
