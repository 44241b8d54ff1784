// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A connect that the peer, or libsrt on its behalf, rejected; {@link #reason} has the code. */
public final class SrtRejectedException extends ConnectException {
    private static final long serialVersionUID = 1;

    private final int code;

    SrtRejectedException(@Nullable InetSocketAddress remote, SrtRejectReason reason) {
        super("srt_connect(" + SrtConnectException.text(remote) + "): rejected, " + reason + ": "
                + reason.description());
        code = reason.code();
    }

    private SrtRejectedException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** Returns an exception for a name of which every address rejected the connect. */
    public static SrtRejectedException ofAddresses(String message, SrtRejectReason reason) {
        return new SrtRejectedException(message, reason.code());
    }

    /** Returns the reject reason ({@code srt_getrejectreason}); the peer's application sent codes of 1000 or more. */
    public SrtRejectReason reason() {
        return new SrtRejectReason(code);
    }
}
