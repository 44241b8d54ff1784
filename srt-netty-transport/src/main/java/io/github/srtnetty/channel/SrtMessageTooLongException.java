// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.io.IOException;

/** A message that is longer than the connection can send. It was not sent; the connection continues. */
public final class SrtMessageTooLongException extends IOException {
    private static final long serialVersionUID = 1;

    private final int length;
    private final int limit;

    /** Creates a failure for a message of {@code length} bytes on a connection that sends at most {@code limit}. */
    public SrtMessageTooLongException(int length, int limit) {
        super("a message of " + length + " bytes: this connection sends at most " + limit
                + " (SRTO_PAYLOADSIZE in live mode, up to 1456; SRTO_SNDBUF in file mode)");
        this.length = length;
        this.limit = limit;
    }

    /** Returns the length of the message in bytes. */
    public int length() {
        return length;
    }

    /** Returns the longest message that the connection sends, in bytes. */
    public int limit() {
        return limit;
    }
}
