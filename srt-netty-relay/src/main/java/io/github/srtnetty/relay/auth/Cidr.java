// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * A block of addresses, such as {@code 192.0.2.0/24}. An address alone is a block of one. IPv4 addresses mapped into
 * IPv6 count as IPv4.
 */
public final class Cidr {
    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /**
     * Reads a block.
     *
     * @throws IllegalArgumentException with the reason; host bits behind the length must be zero, so that a slip of the
     *     length is noticed
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address = bytes(host);
        int most = address.length * Byte.SIZE;
        int bits = slash < 0 ? most : length(text.substring(slash + 1), most);
        if (!Arrays.equals(masked(address, bits), address)) {
            throw new IllegalArgumentException("has bits set beyond its prefix");
        }
        return new Cidr(address, bits);
    }

    /** Returns the block of one address. */
    public static Cidr of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Cidr(bytes, bytes.length * Byte.SIZE);
    }

    /** Returns the block with a length of its prefix that an address is in, in a family with so many bytes. */
    public static Cidr around(InetAddress address, int bits) {
        return new Cidr(masked(address.getAddress(), bits), bits);
    }

    /** Returns whether any block has the address. */
    public static boolean anyContains(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** Returns whether the block has an address. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        return other.length == network.length && Arrays.equals(masked(other, bits), network);
    }

    /** Returns the length of the prefix. */
    public int bits() {
        return bits;
    }

    /** Returns whether it is a block of IPv6. */
    public boolean isIpv6() {
        return network.length > Integer.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && cidr.bits == bits && Arrays.equals(cidr.network, network);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(network) * 31 + bits;
    }

    @Override
    public String toString() {
        try {
            String host = InetAddress.getByAddress(network).getHostAddress();
            return bits == network.length * Byte.SIZE ? host : host + '/' + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("has 4 or 16 bytes", e);
        }
    }

    private static byte[] bytes(String host) {
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host) || host.matches(".*[%\\[].*")) {
            throw new IllegalArgumentException("is neither an IP address nor a block such as 192.0.2.0/24");
        }
        try {
            return InetAddress.getByName(host).getAddress(); // IPv4 where it is mapped into IPv6
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is not an IP address", e);
        }
    }

    private static int length(String text, int most) {
        if (!text.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("must have a prefix of 0 to " + most + " bits");
        }
        return Integer.parseInt(text);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.max(0, Math.min(Byte.SIZE, bits - i * Byte.SIZE));
            masked[i] &= (byte) (0xff << Byte.SIZE - kept);
        }
        return masked;
    }
}
