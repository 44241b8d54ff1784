// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.io.IOException;

/**
 * A message of file mode whose time to live ended before libsrt accepted it. It was not sent; the connection continues.
 */
public final class SrtMessageExpiredException extends IOException {
    private static final long serialVersionUID = 1;

    private final int timeToLiveMillis;

    /** Creates a failure for a message with a time to live of {@code timeToLiveMillis}. */
    public SrtMessageExpiredException(int timeToLiveMillis) {
        super("not sent within its time to live of " + timeToLiveMillis
                + " ms: the peer reads too slowly, or the network is too slow");
        this.timeToLiveMillis = timeToLiveMillis;
    }

    /** Returns the message's time to live in milliseconds. */
    public int timeToLiveMillis() {
        return timeToLiveMillis;
    }
}
