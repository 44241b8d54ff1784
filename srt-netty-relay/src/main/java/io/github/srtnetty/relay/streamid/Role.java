// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.streamid;

import java.util.Locale;

/** The role in which a caller uses a stream. */
public enum Role {
    PUBLISH,
    PLAY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
