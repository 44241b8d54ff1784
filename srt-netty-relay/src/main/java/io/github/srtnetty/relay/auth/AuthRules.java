// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import io.github.srtnetty.relay.streamid.Role;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that decide about callers beside the tokens of streams.
 *
 * @param passphrases by the name under which a JSON Web Token or an answer of the hook refers to them
 * @param jwt JSON Web Tokens, null where they are not in use
 * @param hook the server that is asked, null where there is none
 */
public record AuthRules(
        Map<String, String> passphrases,
        @Nullable JwtRules jwt,
        @Nullable HookRules hook) {
    /** Nothing. */
    public static final AuthRules NONE = new AuthRules(Map.of(), null, null);

    /** Takes a copy. */
    public AuthRules {
        passphrases = Map.copyOf(passphrases);
    }

    /** Returns whether callers in a role need a JSON Web Token where they have no token of the configuration. */
    public boolean needsJwt(Role role) {
        return jwt != null && jwt.roles().contains(role);
    }

    /** Returns whether the hook is asked about callers in a role. */
    public boolean asksHook(Role role) {
        return hook != null && hook.roles().contains(role);
    }

    /** Returns whether callers in a role must show anything. */
    public boolean covers(Role role) {
        return needsJwt(role) || asksHook(role);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "AuthRules[" + passphrases.size() + " passphrases, jwt=" + jwt + ", hook=" + hook + "]";
    }
}
