// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import io.github.srtnetty.libsrt.SrtRejectReason;

/** A stream id that the relay does not understand, and the reject reason for it. */
public final class StreamIdException extends Exception {
    private static final long serialVersionUID = 1;

    private final int code;

    public StreamIdException(SrtRejectReason reason, String what) {
        super(what, null, false, false); // no stack trace: strangers cause it, on libsrt's receive thread
        code = reason.code();
    }

    public SrtRejectReason reason() {
        return new SrtRejectReason(code);
    }
}
