// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import java.io.IOException;

/** What the control API changes of a relay as a whole. */
public interface RelayControl {
    /** Rejects new callers from now on, for good. */
    void drain();

    /**
     * Reads the configuration again; blocks for the file.
     *
     * @throws IOException where it cannot be used, with the reason in one line without secrets; the old one stays
     */
    void reload() throws IOException;
}
