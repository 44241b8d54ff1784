// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Reads {@code host:port} of the directory: an address, never a name, so nothing is resolved. */
final class PullAddress {
    private static final int MOST_PORT = 65_535;

    private PullAddress() {}

    /** Returns the address, null where the text is none. */
    static @Nullable InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return null;
        }
        String host = text.substring(0, colon);
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        InetAddress address =
                NetUtil.createInetAddressFromIpAddressString(brackets ? host.substring(1, host.length() - 1) : host);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return address == null || port < 1 || port > MOST_PORT ? null : new InetSocketAddress(address, port);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
