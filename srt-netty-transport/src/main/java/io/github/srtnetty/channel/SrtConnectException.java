// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A connect that libsrt could not start. The cause is the {@link SrtException} with libsrt's error. */
public final class SrtConnectException extends ConnectException {
    private static final long serialVersionUID = 1;

    SrtConnectException(SrtException cause) {
        super(cause.getMessage());
        initCause(cause);
    }

    /** Returns {@code host:port}, with an IPv6 host in brackets. */
    static String text(@Nullable InetSocketAddress address) {
        return address == null ? "?" : PeerText.hostAndPort(address);
    }
}
