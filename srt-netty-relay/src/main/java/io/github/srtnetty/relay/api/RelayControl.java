// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.config.RelaySetting;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The changes that the control API makes of a relay as a whole. */
public interface RelayControl {
    /** Changes numbers of the configuration until the process ends; empty for those of the configuration. */
    void changeLimits(Map<RelaySetting, Optional<Integer>> changes);

    /** Rejects new callers from now on, for good. */
    void drain();

    /**
     * Reads the configuration again; blocks for the file.
     *
     * @throws IOException where it cannot be used, with the reason in one line without secrets; the old one stays
     */
    void reload() throws IOException;
}
