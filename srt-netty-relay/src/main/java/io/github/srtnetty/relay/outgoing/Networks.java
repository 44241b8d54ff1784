// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import io.github.srtnetty.relay.auth.Cidr;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are public: not loopback, private, link-local, shared, reserved, or an IPv6 address that stands for
 * such an IPv4 address (RFC 6890, RFC 6598, RFC 4193, RFC 6052, RFC 3056, RFC 4380).
 */
public final class Networks {
    private static final int IPV4_BYTES = 4;
    private static final List<Cidr> NOT_PUBLIC = List.of(
            Cidr.parse("0.0.0.0/8"),
            Cidr.parse("10.0.0.0/8"),
            Cidr.parse("100.64.0.0/10"),
            Cidr.parse("127.0.0.0/8"),
            Cidr.parse("169.254.0.0/16"),
            Cidr.parse("172.16.0.0/12"),
            Cidr.parse("192.0.0.0/24"),
            Cidr.parse("192.0.2.0/24"),
            Cidr.parse("192.168.0.0/16"),
            Cidr.parse("198.18.0.0/15"),
            Cidr.parse("198.51.100.0/24"),
            Cidr.parse("203.0.113.0/24"),
            Cidr.parse("224.0.0.0/3"),
            Cidr.parse("::/96"),
            Cidr.parse("2001::/32"),
            Cidr.parse("2001:db8::/32"),
            Cidr.parse("fc00::/7"),
            Cidr.parse("fe80::/9"),
            Cidr.parse("ff00::/8"));
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

    private Networks() {}

    /** Returns whether an address is public. */
    public static boolean isPublic(InetAddress address) {
        if (Cidr.anyContains(NOT_PUBLIC, address) || LOCAL_NAT64.contains(address)) {
            return false;
        }
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address)) {
            return isPublic(ipv4(bytes, bytes.length - IPV4_BYTES));
        }
        return !SIX_TO_FOUR.contains(address) || isPublic(ipv4(bytes, 2));
    }

    private static InetAddress ipv4(byte[] bytes, int offset) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, offset, offset + IPV4_BYTES));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
