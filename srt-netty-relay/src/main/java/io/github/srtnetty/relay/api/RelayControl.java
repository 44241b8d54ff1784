// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.config.RelaySetting;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The changes that the control API makes to the relay as a whole. */
public interface RelayControl {
    /** Changes numbers until the process ends; empty restores the configured value. */
    void changeLimits(Map<RelaySetting, Optional<Integer>> changes);

    /** Rejects all new callers from now on. */
    void drain();

    /**
     * Reloads the configuration; blocks for file access.
     *
     * @throws IOException where it cannot be used, with the reason in one line without secrets; the old one stays
     */
    void reload() throws IOException;
}
