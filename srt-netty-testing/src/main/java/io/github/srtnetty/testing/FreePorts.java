// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports for programs that bind them later. They lie below the range from which the kernel takes the ports of
 * sockets that name none (Linux: from 32768 on), so that no such socket gets one in the meantime, also not while a
 * program that is killed starts again.
 */
public final class FreePorts {
    private static final int FIRST = 15_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;

    /** Those that were given out already. */
    private static final Set<Integer> USED = new HashSet<>();

    private FreePorts() {}

    /** Returns a UDP port of the loopback interface that nobody uses right now; each is returned once. */
    public static int udp() {
        return find(FreePorts::isFreeForUdp);
    }

    /** Returns a TCP port of the loopback interface that nobody uses right now; each is returned once. */
    public static int tcp() {
        return find(FreePorts::isFreeForTcp);
    }

    private static synchronized int find(Probe probe) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!USED.contains(port) && probe.isFree(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                USED.add(port);
                return port;
            }
        }
        throw new AssertionError("no free port between " + FIRST + " and " + END);
    }

    private static boolean isFreeForUdp(InetSocketAddress address) {
        try (DatagramSocket socket = new DatagramSocket(address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // somebody has it
        }
    }

    private static boolean isFreeForTcp(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket(address.getPort(), 1, address.getAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false; // somebody has it
        }
    }

    private interface Probe {
        boolean isFree(InetSocketAddress address);
    }
}
