// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import io.github.srtnetty.relay.auth.Cidr;
import java.net.Inet6Address;
import java.net.InetAddress;

/** The key of one source: an IPv4 address, or the /64 of an IPv6 address, as one site has that many. */
final class AddressKey {
    private static final int SITE_BITS = 64;

    private AddressKey() {}

    static Cidr of(InetAddress address) {
        return address instanceof Inet6Address ? Cidr.around(address, SITE_BITS) : Cidr.of(address);
    }
}
