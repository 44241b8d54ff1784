// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of a configuration.
 *
 * @param host a name or an IP address, one of IPv6 without brackets
 * @param port from 0 to 65535
 */
record HostPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)]|([A-Za-z0-9._-]{1,253})):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT}; an IPv6 address is in brackets.
     *
     * @param leastPort 0 where the system may choose the port, otherwise 1
     * @throws IllegalArgumentException with what is wrong
     */
    static HostPort parse(String text, int leastPort) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be HOST:PORT, such as 10.0.0.1:7800 or [fd00::1]:7800");
        }
        int port = Integer.parseInt(parts.group(3));
        if (port < leastPort || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not between " + leastPort + " and " + MAX_PORT);
        }
        return new HostPort(parts.group(1) == null ? parts.group(2) : parts.group(1), port);
    }

    /** Returns the address with its name resolved, which may block. */
    InetSocketAddress resolved() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }
}
