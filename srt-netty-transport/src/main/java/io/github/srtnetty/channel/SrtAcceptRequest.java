// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.net.InetSocketAddress;

/**
 * What is known of a caller before it is accepted: all that libsrt passes to a listen callback. Nothing of it is proven: the
 * passphrase is checked later, and the stream id is what the caller says.
 *
 * @param peer its address
 * @param streamId what it sent as {@code SRTO_STREAMID}, empty where nothing; see {@link SrtStreamId}
 * @param handshakeVersion 5, or 4 for SRT before 1.3
 */
public record SrtAcceptRequest(InetSocketAddress peer, String streamId, int handshakeVersion) {}
