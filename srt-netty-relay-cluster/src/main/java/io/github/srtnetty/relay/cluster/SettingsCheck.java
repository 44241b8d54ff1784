// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.ClusterSettings.OnSplit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/** Rejects settings that cannot work or are not safe, in one line each. */
final class SettingsCheck {
    /** Part of the entries and of the engine's addresses. */
    private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    /** One or more host names. */
    private static final Pattern DNS = Pattern.compile("[A-Za-z0-9._-]+(,[A-Za-z0-9._-]+)*");

    private static final int FEWEST_FOR_MAJORITY = 3;

    private SettingsCheck() {}

    static void check(ClusterSettings settings) throws IOException {
        require(
                NODE.matcher(settings.node()).matches(),
                "the name of a node has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
        InetSocketAddress bind = settings.bind();
        InetAddress address = bind.getAddress();
        require(address != null, "the cluster's address " + bind.getHostString() + " cannot be resolved");
        require(
                address != null && !address.isAnyLocalAddress(),
                "the cluster's address must be one that other nodes can connect to, not " + text(bind));
        require(bind.getPort() != 0, "the cluster's address needs a port, for example 7800");
        require(
                settings.dns().isEmpty() || DNS.matcher(settings.dns()).matches(),
                "the DNS name of the cluster is not a host name: " + settings.dns());
        for (String seed : settings.join()) {
            checkSeed(seed);
        }
        require(
                settings.onSplit() != OnSplit.MAJORITY || settings.expectedNodes() >= FEWEST_FOR_MAJORITY,
                "onSplit majority needs expected nodes of at least " + FEWEST_FOR_MAJORITY);
        require(
                settings.keyStore() != null || settings.insecure() || address != null && address.isLoopbackAddress(),
                "nodes at " + text(bind) + " need a key store for TLS between them; set one, use"
                        + " loopback addresses only, or set insecure if the network is isolated");
    }

    /** Returns an address without its host name. */
    static String text(InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return (ip == null ? address.getHostString() : ip.getHostAddress()) + ":" + address.getPort();
    }

    private static void checkSeed(String seed) throws IOException {
        try {
            Seed.parse(seed);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String failure) throws IOException {
        if (!holds) {
            throw new IOException(failure);
        }
    }
}
