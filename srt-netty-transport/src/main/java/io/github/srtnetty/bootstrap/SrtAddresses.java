// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtRejectedException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The addresses of names: which pairs to try, and the failure when none works. */
final class SrtAddresses {
    private static final String ANY_IPV6 = "::";

    /**
     * The addresses of one attempt to connect or to bind.
     *
     * @param remote the peer; null: bind only
     * @param local the local address; null: any
     */
    record Target(
            @Nullable InetSocketAddress remote, @Nullable InetSocketAddress local) {}

    private SrtAddresses() {}

    /**
     * Returns the address of a literal, the wildcard for an empty host, an unresolved address for a name; never blocks.
     */
    static InetSocketAddress of(String host, int port) {
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        if (host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host)) {
            try {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            } catch (UnknownHostException e) { // the zone is not an interface: the resolver reports it
                return InetSocketAddress.createUnresolved(host, port);
            }
        }
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** Returns the targets to bind, in the order of the addresses. */
    static List<Target> toBind(List<InetSocketAddress> locals) {
        return new LinkedHashSet<>(locals)
                .stream().map(local -> new Target(null, local)).toList();
    }

    /**
     * Returns the targets to connect to, in the order of the remote addresses, each with a local address of its family.
     */
    static List<Target> toConnect(List<InetSocketAddress> remotes, List<InetSocketAddress> locals) {
        Set<InetSocketAddress> different = new LinkedHashSet<>(remotes);
        if (locals.isEmpty()) {
            return different.stream().map(remote -> new Target(remote, null)).toList();
        }
        List<Target> targets = new ArrayList<>();
        for (InetSocketAddress remote : different) {
            InetSocketAddress local = ofFamily(remote, locals);
            if (local != null) {
                targets.add(new Target(remote, local));
            }
        }
        // no pair has the same family: libsrt reports the error of this one
        return targets.isEmpty() ? List.of(new Target(remotes.get(0), locals.get(0))) : targets;
    }

    /** Returns the failure of all attempts: the only one, or one of the same type whose message lists all. */
    static Throwable failure(String name, List<Throwable> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        String message = name + ": none of " + failures.size() + " addresses works: "
                + failures.stream().map(SrtAddresses::text).collect(Collectors.joining("; "));
        IOException all = failures.stream()
                .filter(SrtRejectedException.class::isInstance)
                .findFirst()
                .<IOException>map(e -> SrtRejectedException.ofAddresses(message, ((SrtRejectedException) e).reason()))
                .orElseGet(() -> failures.stream().allMatch(ConnectTimeoutException.class::isInstance)
                        ? new ConnectTimeoutException(message)
                        : new IOException(message));
        failures.forEach(all::addSuppressed);
        return all;
    }

    private static @Nullable InetSocketAddress ofFamily(InetSocketAddress remote, List<InetSocketAddress> locals) {
        boolean ipv6 = remote.getAddress() instanceof Inet6Address;
        for (InetSocketAddress local : locals) {
            if (local.getAddress().isAnyLocalAddress()) {
                return ipv6 ? new InetSocketAddress(ANY_IPV6, local.getPort()) : local;
            }
            if (local.getAddress() instanceof Inet6Address == ipv6) {
                return local;
            }
        }
        return null;
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
