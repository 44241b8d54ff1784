// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import io.github.srtnetty.relay.streamid.Role;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules about callers besides the tokens of streams.
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

    /** Returns whether callers in a role must prove anything. */
    public boolean covers(Role role) {
        return needsJwt(role) || asksHook(role);
    }

    /** Returns whether the configuration itself has a secret. Keys of JSON Web Tokens are in files of their own. */
    public boolean hasSecrets() {
        return !passphrases.isEmpty()
                || jwt != null && hasQuery(jwt.url())
                || hook != null && (hook.token() != null || hasQuery(hook.url()));
    }

    /** Returns whether an address has the part in which some servers take a token. */
    private static boolean hasQuery(@Nullable URI url) {
        return url != null && url.getRawQuery() != null;
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "AuthRules[" + passphrases.size() + " passphrases, jwt=" + jwt + ", hook=" + hook + "]";
    }
}
