// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rights that a token of the control API allows. Each role may do what the ones before it may. */
public enum ApiRole {
    /** Reads. */
    OBSERVER,
    /** Disconnects and bans callers, and drains. */
    OPERATOR,
    /** Reloads the configuration. */
    ADMIN;

    /** Returns the role with a name, null where there is none. */
    public static @Nullable ApiRole named(String name) {
        for (ApiRole role : values()) {
            if (role.toString().equals(name)) {
                return role;
            }
        }
        return null;
    }

    /** Returns whether this role may do what another one may. */
    public boolean covers(ApiRole other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
