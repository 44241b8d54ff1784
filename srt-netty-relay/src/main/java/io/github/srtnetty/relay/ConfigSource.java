// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay;

import java.io.IOException;

/** Loads the configuration of a relay at each reload. */
@FunctionalInterface
public interface ConfigSource {
    /**
     * Returns the current configuration. May block.
     *
     * @throws IOException in one line with the reason, without secrets
     */
    RelayConfig load() throws IOException;
}
