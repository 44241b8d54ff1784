// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The places of a listener: a limit in total and one per address, so one caller cannot take all. An IPv6 network of 64
 * bits counts as one address. All calls take constant time and touch memory only. Any thread.
 */
final class Places {
    /** Connections in total. Each may keep megabytes in memory. */
    static final int TOTAL = 64;

    private static final int IPV6_NETWORK_BYTES = 8;

    private final int perAddress;
    private final Map<ByteBuffer, Integer> taken = new HashMap<>();
    private int total;

    /** Allows this many places per address. */
    Places(int perAddress) {
        this.perAddress = perAddress;
    }

    /** Returns whether a connection from there would get a place now. */
    synchronized boolean hasRoomFor(InetSocketAddress peer) {
        return total < TOTAL && taken.getOrDefault(key(peer), 0) < perAddress;
    }

    /** Takes a place; returns false where there is none. */
    synchronized boolean take(InetSocketAddress peer) {
        if (!hasRoomFor(peer)) {
            return false;
        }
        taken.merge(key(peer), 1, Integer::sum);
        total++;
        return true;
    }

    /** Returns a place. */
    synchronized void leave(InetSocketAddress peer) {
        taken.computeIfPresent(key(peer), (key, count) -> count == 1 ? null : count - 1);
        total--;
    }

    private static ByteBuffer key(InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? ByteBuffer.wrap(bytes, 0, IPV6_NETWORK_BYTES) : ByteBuffer.wrap(bytes);
    }
}
