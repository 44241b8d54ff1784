// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.libsrt.PeerText;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** The line that a listener prints on standard error when it is reachable, with its actual port. */
public final class Listening {
    private Listening() {}

    /** Prints {@code srt-netty: listening on HOST:PORT} for a bound channel. */
    public static void announce(Channel listener) {
        System.err.println(
                "srt-netty: listening on " + PeerText.hostAndPort((InetSocketAddress) listener.localAddress()));
    }
}
