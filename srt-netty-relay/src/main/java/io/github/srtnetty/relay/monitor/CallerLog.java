// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines about callers: rejections with their reason, and the connections that publish and play. Callers cause them
 * and choose parts of their text, so lines are limited and escaped. Any thread: libsrt's receive thread only enqueues.
 */
public final class CallerLog {
    /** More than a person reads, and few enough to store. */
    static final int LINES_PER_SECOND = 20;

    private static final Logger LOGGER = LoggerFactory.getLogger(CallerLog.class);

    private final LineLimit rejections = new LineLimit(LINES_PER_SECOND, LINES_PER_SECOND);
    private final LineLimit connections = new LineLimit(LINES_PER_SECOND, LINES_PER_SECOND);
    private final Executor executor;

    /** Writes lines about rejections with an executor, because the accept filter must not wait for a log. */
    public CallerLog(Executor executor) {
        this.executor = executor;
    }

    /**
     * Logs a rejection.
     *
     * @param asked what the caller asked for, without its token
     */
    public void rejected(InetSocketAddress peer, String asked, SrtRejectReason reason) {
        rejection(() -> PeerText.printable(asked) + " peer=" + PeerText.hostAndPort(peer) + " rejected: " + reason);
    }

    /** Logs that an address is banned for wrong tokens. */
    void banned(InetAddress address, int seconds) {
        rejection(() -> address.getHostAddress() + " sent too many wrong tokens: banned for " + seconds + " s");
    }

    private void rejection(Supplier<String> line) {
        long skipped = rejections.tryLine(System.nanoTime());
        if (skipped == LineLimit.SKIP) {
            return;
        }
        try {
            executor.execute(() -> LOGGER.info("{}{}", line.get(), more(skipped)));
        } catch (RejectedExecutionException e) {
            LOGGER.trace("the relay has ended", e);
        }
    }

    /** Logs a line of a publisher or player. */
    public void connection(String line) {
        long skipped = connections.tryLine(System.nanoTime());
        if (skipped != LineLimit.SKIP) {
            LOGGER.info("{}{}", PeerText.printable(line), more(skipped));
        }
    }

    private static String more(long skipped) {
        return skipped == 0 ? "" : " (" + skipped + " more such lines were not logged)";
    }
}
