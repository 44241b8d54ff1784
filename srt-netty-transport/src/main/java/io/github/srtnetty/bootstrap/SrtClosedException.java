// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.channel.SrtCloseReason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reports that the connection of an {@link SrtReceiver} or {@link SrtSender} has ended; {@link #reason} says why. */
public final class SrtClosedException extends IOException {
    private static final long serialVersionUID = 1;

    private final SrtCloseReason reason;

    SrtClosedException(SrtCloseReason reason, @Nullable Throwable cause) {
        super(message(reason) + (cause == null ? "" : ": " + cause.getMessage()), cause);
        this.reason = reason;
    }

    /** Returns why the connection ended. */
    public SrtCloseReason reason() {
        return reason;
    }

    private static String message(SrtCloseReason reason) {
        return switch (reason) {
            case LOCAL -> "the connection was closed on this side";
            case PEER_CLOSED -> "the peer closed the connection";
            case OVERFLOW -> "data is missing: this side read too slowly (OVERFLOW)";
            case IDLE_TIMEOUT -> "the peer did not answer any more (IDLE_TIMEOUT)";
            case LOST -> "the connection was lost: the peer closed it or did not answer any more (LOST)";
            case REJECTED -> "the connection was rejected";
            case CONNECT_TIMEOUT -> "the peer did not answer in time (CONNECT_TIMEOUT)";
        };
    }
}
