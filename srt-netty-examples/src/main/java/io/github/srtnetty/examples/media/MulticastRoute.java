// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the interface for joining a multicast group if none is named, because Java's channels require one.
 */
final class MulticastRoute {
    private static final int ANY_PORT = 9;

    private MulticastRoute() {}

    /**
     * Returns the interface that the kernel routes to; without a route the first one that can multicast and has an
     * address of the group's family.
     *
     * @throws SocketException where there is none
     */
    static NetworkInterface interfaceTo(InetAddress group) throws SocketException {
        NetworkInterface routed = routedTo(group);
        return routed != null
                ? routed
                : NetworkInterface.networkInterfaces()
                        .filter(candidate -> canMulticast(candidate, group))
                        .findFirst()
                        .orElseThrow(() ->
                                new SocketException("no network interface supports multicast: name one with adapter="));
    }

    private static @Nullable NetworkInterface routedTo(InetAddress group) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(group, ANY_PORT)); // sends nothing
            return NetworkInterface.getByInetAddress(socket.getLocalAddress());
        } catch (IOException | UncheckedIOException e) {
            return null; // no route
        }
    }

    private static boolean canMulticast(NetworkInterface candidate, InetAddress group) {
        try {
            return candidate.isUp()
                    && candidate.supportsMulticast()
                    && candidate.inetAddresses().anyMatch(address -> address.getClass() == group.getClass());
        } catch (SocketException e) {
            return false; // gone meanwhile
        }
    }
}
