// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.WholeNumber;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address like {@code udp://host:port?key=value}. Keys, as srt-live-transmit has them: {@code adapter} (local
 * address), {@code source} (source of a multicast), {@code ttl}, {@code iptos}, {@code mcloop}, {@code rcvbuf}, {@code
 * sndbuf}.
 *
 * @param host the host, empty for any local address; without what may stand before a group: {@code @} or
 *     {@code SOURCE@}, the same as {@code source}
 * @param port the port
 * @param parameters the keys and values
 */
record UdpAddress(String host, int port, Map<String, String> parameters) {
    static final String SCHEME = "udp://";

    static final Set<String> KEYS = Set.of("adapter", "source", "ttl", "iptos", "mcloop", "rcvbuf", "sndbuf");

    InetSocketAddress socketAddress() throws UnknownHostException {
        return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /**
     * Returns where to receive: the group, the host, or {@code adapter} where no host is given.
     *
     * @throws IOException when the host is another address than {@code adapter}, or {@code source} is given and the
     *     host is no group
     */
    InetSocketAddress localAddress() throws IOException {
        InetSocketAddress named = socketAddress();
        if (named.getAddress().isMulticastAddress()) {
            adapterFor(named.getAddress());
            return named;
        }
        if (parameters.containsKey("source")) {
            throw new IOException(
                    "cannot listen on " + shown() + ": leave out source: it is for multicast groups only");
        }
        InetAddress adapter = adapter();
        if (adapter == null) {
            return named;
        }
        if (!host.isEmpty() && !named.getAddress().equals(adapter)) {
            throw new IOException("cannot listen on " + shown() + ": its adapter is another address, "
                    + adapter.getHostAddress() + "; leave out one of them");
        }
        return new InetSocketAddress(adapter, port);
    }

    /**
     * Returns the address of {@code adapter}, null where it is not given.
     *
     * @throws IOException when it is of another family than the peer, so that nothing could be sent to it
     */
    @Nullable
    InetAddress adapterFor(InetAddress peer) throws IOException {
        InetAddress adapter = adapter();
        if (adapter != null && adapter.getClass() != peer.getClass()) {
            throw new IOException(
                    "cannot use " + shown() + ": the adapter " + adapter.getHostAddress() + " has another IP version");
        }
        return adapter;
    }

    /** Returns its name for messages. */
    String shown() {
        return PeerText.printable("udp " + (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + port);
    }

    /** Returns the address of {@code adapter}, null where it is not given. */
    private @Nullable InetAddress adapter() throws UnknownHostException {
        String adapter = parameters.get("adapter");
        return adapter == null || adapter.isEmpty() ? null : InetAddress.getByName(adapter);
    }

    /** Returns the interface of {@code adapter}, without one that by which a group is reached. */
    NetworkInterface interfaceTo(InetAddress group) throws SocketException, UnknownHostException {
        InetAddress adapter = adapter();
        return adapter == null ? MulticastRoute.interfaceTo(group) : interfaceOf(adapter);
    }

    /** Returns whether a time to live is asked for. */
    boolean hasTtl() {
        return parameters.containsKey("ttl");
    }

    /** Sets the options of the address on the socket. */
    void applyTo(Bootstrap bootstrap, boolean multicast) throws SocketException, UnknownHostException {
        apply(bootstrap, ChannelOption.IP_TOS, "iptos");
        apply(bootstrap, ChannelOption.SO_RCVBUF, "rcvbuf");
        apply(bootstrap, ChannelOption.SO_SNDBUF, "sndbuf");
        if (multicast) {
            apply(bootstrap, ChannelOption.IP_MULTICAST_TTL, "ttl");
            InetAddress adapter = adapter();
            if (adapter != null) { // otherwise the kernel's route decides
                bootstrap.option(ChannelOption.IP_MULTICAST_IF, interfaceOf(adapter));
            }
            String loop = parameters.getOrDefault("mcloop", "1");
            bootstrap.option(ChannelOption.IP_MULTICAST_LOOP_DISABLED, !isOn(loop));
        }
    }

    private void apply(Bootstrap bootstrap, ChannelOption<Integer> option, String key) {
        if (parameters.containsKey(key)) {
            bootstrap.option(option, (int) WholeNumber.parse(parameters.get(key)));
        }
    }

    private static boolean isOn(String value) {
        return Set.of("1", "yes", "on", "true").contains(value);
    }

    private static NetworkInterface interfaceOf(InetAddress adapter) throws SocketException {
        NetworkInterface found = NetworkInterface.getByInetAddress(adapter);
        if (found == null) {
            throw new SocketException("no network interface has the address " + adapter.getHostAddress());
        }
        return found;
    }
}
