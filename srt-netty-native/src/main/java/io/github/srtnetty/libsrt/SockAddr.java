// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Platform;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code sockaddr_in} and {@code sockaddr_in6}, in the layout of Linux (and Windows) and in that of the BSDs and macOS:
 *
 * <pre>
 * struct sockaddr_in  { family; u16 port; u32 addr; }                                  16 bytes
 * struct sockaddr_in6 { family; u16 port; u32 flowinfo; u8 addr[16]; u32 scope_id; }   28 bytes
 * family: Linux u16; BSD u8 length, u8 family
 * </pre>
 */
record SockAddr(boolean lengthPrefixed, int inet6Family) {
    /** {@code sizeof(struct sockaddr_storage)}. */
    static final int STORAGE_BYTES = 128;

    static final int INET_FAMILY = 2;
    static final int INET_BYTES = 16;
    static final int INET6_BYTES = 28;
    static final int PORT = 2;
    static final int INET_ADDR = 4;
    static final int INET6_ADDR = 8;
    static final int INET6_SCOPE_ID = 24;

    static final SockAddr LINUX = new SockAddr(false, 10);
    static final SockAddr MAC = new SockAddr(true, 30);
    static final SockAddr FREEBSD = new SockAddr(true, 28);
    static final SockAddr OTHER_BSD = new SockAddr(true, 24);
    static final SockAddr WINDOWS = new SockAddr(false, 23);
    static final SockAddr SYSTEM = ofSystem();

    /** Two or more groups of an IPv6 address that are 0, with the colons around them. */
    private static final Pattern ZERO_GROUPS = Pattern.compile("(?:^|:)0(?::0)+(?:(?=%)|:|$)");

    /**
     * Writes {@code address} to index 0.
     *
     * @return its length in bytes
     * @throws IllegalArgumentException when the host name was not resolved
     */
    int encode(InetSocketAddress address, ByteBuffer out) {
        InetAddress host = address.getAddress();
        if (host == null) {
            throw new IllegalArgumentException("unresolved host name: " + address.getHostString());
        }
        boolean v6 = host instanceof Inet6Address;
        int length = v6 ? INET6_BYTES : INET_BYTES;
        for (int i = 0; i < length; i++) {
            out.put(i, (byte) 0);
        }
        putFamily(out, length, v6 ? inet6Family : INET_FAMILY);
        out.put(PORT, (byte) (address.getPort() >>> 8)).put(PORT + 1, (byte) address.getPort());
        out.put(v6 ? INET6_ADDR : INET_ADDR, host.getAddress());
        if (v6) {
            out.order(ByteOrder.nativeOrder()).putInt(INET6_SCOPE_ID, ((Inet6Address) host).getScopeId());
        }
        return length;
    }

    /**
     * Reads the address at index 0; an IPv4-mapped IPv6 address is returned as IPv4.
     *
     * @throws IllegalArgumentException when it is neither IPv4 nor IPv6
     */
    InetSocketAddress decode(ByteBuffer in) {
        int family = lengthPrefixed
                ? in.get(1) & 0xFF
                : in.order(ByteOrder.nativeOrder()).getShort(0) & 0xFFFF;
        int port = (in.get(PORT) & 0xFF) << 8 | in.get(PORT + 1) & 0xFF;
        if (family != INET_FAMILY && family != inet6Family) {
            throw new IllegalArgumentException("address family " + family + " is neither IPv4 nor IPv6");
        }
        byte[] host = new byte[family == INET_FAMILY ? 4 : 16];
        in.get(family == INET_FAMILY ? INET_ADDR : INET6_ADDR, host);
        int scope =
                family == INET_FAMILY ? 0 : in.order(ByteOrder.nativeOrder()).getInt(INET6_SCOPE_ID);
        return new InetSocketAddress(addressOf(host, scope), port);
    }

    /**
     * Returns an address in the usual notation: {@code 127.0.0.1:80}, {@code [::1]:80}, after the host name if there is
     * one.
     */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host == null) {
            return address.getHostString() + ":" + address.getPort();
        }
        String number = host.getHostAddress();
        String name = address.getHostString(); // no reverse look-up
        String literal = host instanceof Inet6Address ? "[" + compressed(number) + "]" : number;
        return (name.equals(number) ? "" : name + "/") + literal + ":" + address.getPort();
    }

    /** Shortens the longest run of zero groups to {@code ::} (RFC 5952). */
    private static String compressed(String number) {
        Matcher zeros = ZERO_GROUPS.matcher(number);
        int start = 0;
        int end = 0;
        while (zeros.find()) {
            if (zeros.end() - zeros.start() > end - start) {
                start = zeros.start();
                end = zeros.end();
            }
        }
        return end == 0 ? number : number.substring(0, start) + "::" + number.substring(end);
    }

    /** Returns the address of 4 or 16 bytes. */
    static InetAddress addressOf(byte[] host) {
        return addressOf(host, 0);
    }

    private static InetAddress addressOf(byte[] host, int scope) {
        try {
            return scope == 0 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, scope);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void putFamily(ByteBuffer out, int length, int family) {
        if (lengthPrefixed) {
            out.put(0, (byte) length).put(1, (byte) family);
        } else {
            out.order(ByteOrder.nativeOrder()).putShort(0, (short) family);
        }
    }

    private static SockAddr ofSystem() {
        if (Platform.isMac()) {
            return MAC;
        }
        if (Platform.isFreeBSD()) {
            return FREEBSD;
        }
        if (Platform.isOpenBSD() || Platform.isNetBSD()) {
            return OTHER_BSD;
        }
        return Platform.isWindows() ? WINDOWS : LINUX;
    }
}
