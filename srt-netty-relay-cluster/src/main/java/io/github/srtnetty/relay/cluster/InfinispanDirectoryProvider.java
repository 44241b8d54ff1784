// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Opens directories on Infinispan; found by {@link java.util.ServiceLoader}. */
public final class InfinispanDirectoryProvider implements StreamDirectoryProvider {
    /** For {@link java.util.ServiceLoader}. */
    public InfinispanDirectoryProvider() {}

    @Override
    public StreamDirectory open(ClusterSettings settings, String pullAddress) throws IOException {
        return open(settings, pullAddress, ClusterPolicy.DEFAULT);
    }

    static ClusterDirectory open(ClusterSettings settings, String pullAddress, ClusterPolicy policy)
            throws IOException {
        SettingsCheck.check(settings);
        Path keyStore = settings.keyStore();
        SocketFactory sockets = keyStore == null ? null : NodeKeys.socketFactory(keyStore, settings.keyStorePassword());
        checkPort(settings.bind());
        Engine engine = start(settings, policy, sockets);
        try {
            NameCheck.check(engine.members(), policy);
        } catch (IOException e) {
            engine.close();
            throw e;
        }
        return new ClusterDirectory(engine, settings, pullAddress, policy);
    }

    /** Fails before the engine would, because the engine logs a failure with its whole setup. */
    private static void checkPort(InetSocketAddress bind) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(bind);
        } catch (BindException e) {
            throw new IOException(
                    "cannot open the cluster's port " + text(bind) + ": " + e.getMessage()
                            + "; choose another address, or end the program that uses it",
                    e);
        }
    }

    private static Engine start(ClusterSettings settings, ClusterPolicy policy, @Nullable SocketFactory sockets)
            throws IOException {
        try {
            return Engine.open(settings, policy, sockets);
        } catch (RuntimeException e) {
            throw new IOException(
                    "cannot start the cluster at " + text(settings.bind()) + ": "
                            + Failures.inOneLine(Failures.root(e)),
                    e);
        }
    }

    private static String text(InetSocketAddress address) {
        return SettingsCheck.text(address);
    }
}
