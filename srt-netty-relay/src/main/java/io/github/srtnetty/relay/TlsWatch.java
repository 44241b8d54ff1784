// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import io.github.srtnetty.relay.auth.ApiRules.TlsFiles;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.http.TlsContext;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the HTTP server: rereads its files when they were replaced or when the configuration names
 * others. Files that cannot be used change nothing; they are logged once.
 */
final class TlsWatch {
    /** Checking the attributes of two files is cheap. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(TlsWatch.class);

    private final RelayState state;
    private volatile @Nullable TlsContext current;
    private @Nullable String complaint;

    private TlsWatch(RelayState state) {
        this.state = state;
    }

    /**
     * Reads the files of the configuration.
     *
     * @throws IOException where they cannot be used
     */
    static TlsWatch start(RelayState state) throws IOException {
        TlsWatch watch = new TlsWatch(state);
        watch.read();
        return watch;
    }

    /** Returns what a new connection uses, null for plain HTTP. */
    @Nullable
    SslContext context() {
        TlsContext tls = current;
        return tls == null ? null : tls.context();
    }

    /** Checks whether the files were replaced. One thread. */
    void look() {
        try {
            if (read()) {
                LOGGER.info("the certificate of the HTTP server was reloaded");
            }
            complaint = null;
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).equals(complaint)) {
                complaint = String.valueOf(e.getMessage());
                LOGGER.error("the old certificate stays in use: {}", complaint);
            }
        }
    }

    private boolean read() throws IOException {
        TlsFiles files = state.rules().api().tls();
        TlsContext before = current;
        if (files == null) {
            current = null;
            return false;
        }
        if (before != null && !before.isOutdated(files.certificate(), files.key())) {
            return false;
        }
        current = TlsContext.read(files.certificate(), files.key());
        return before != null;
    }
}
