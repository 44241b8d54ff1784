// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.directory.ClusterSettings;
import io.github.srtnetty.relay.directory.LocalStreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectory;
import io.github.srtnetty.relay.directory.StreamDirectoryProvider;
import java.io.IOException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The place of a relay in a cluster: the directory of streams. A relay that runs alone has one of its own. */
final class ClusterLink implements AutoCloseable {
    private final StreamDirectory directory;

    private ClusterLink(StreamDirectory directory) {
        this.directory = directory;
    }

    /**
     * Joins a cluster; blocks meanwhile.
     *
     * @param settings the settings of this node, null for a relay that runs alone
     * @throws IOException in one line: what cannot be opened, and what to change
     */
    static ClusterLink open(@Nullable ClusterSettings settings, @Nullable StreamDirectoryProvider provider)
            throws IOException {
        if (settings == null) {
            return new ClusterLink(new LocalStreamDirectory());
        }
        if (provider == null) {
            throw new IOException("cluster: needs io.github.srt-netty:srt-netty-relay-cluster on the class path");
        }
        return new ClusterLink(provider.open(settings, PeerText.hostAndPort(settings.pull())));
    }

    /** Returns the engine on the class path, null where there is none or none is needed. */
    static @Nullable StreamDirectoryProvider provider(@Nullable ClusterSettings settings) {
        return settings == null
                ? null
                : ServiceLoader.load(StreamDirectoryProvider.class, ClusterLink.class.getClassLoader())
                        .findFirst()
                        .orElse(null);
    }

    StreamDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        directory.close();
    }
}
