// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/** What counts as one source: an IPv4 address, or the /64 of an IPv6 address, as one site has so many. */
final class AddressKey {
    private AddressKey() {}

    static Object of(InetAddress address) {
        return address instanceof Inet6Address
                ? (Object) ByteBuffer.wrap(address.getAddress()).getLong()
                : address;
    }
}
