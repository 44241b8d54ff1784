// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.nio.channels.UnresolvedAddressException;

/** An {@link UnresolvedAddressException} with the name of the host, for which the superclass has no constructor. */
final class UnknownAddressException extends UnresolvedAddressException {
    private static final long serialVersionUID = 1;

    private final String host;

    UnknownAddressException(String host) {
        this.host = host;
    }

    @Override
    public String getMessage() {
        return "unknown host: " + host;
    }
}
