// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.io.IOException;

/** A mistake in a configuration. The message has file, line and mistake, without secrets. */
public final class ConfigException extends IOException {
    private static final long serialVersionUID = 1;

    private final String pointer;
    private final String complaint;

    /**
     * Creates one.
     *
     * @param where file and line
     * @param pointer the path of the key (RFC 6901)
     * @param complaint the mistake
     */
    ConfigException(String where, String pointer, String complaint) {
        super(where + ": " + complaint);
        this.pointer = pointer;
        this.complaint = complaint;
    }

    /** Returns the path of the key (RFC 6901), such as {@code /streams/live~1show/passphrase}. */
    public String pointer() {
        return pointer;
    }

    /** Returns the mistake without file and line. */
    public String complaint() {
        return complaint;
    }
}
