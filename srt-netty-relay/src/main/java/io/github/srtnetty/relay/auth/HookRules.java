// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import io.github.srtnetty.relay.streamid.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that decides about callers.
 *
 * @param url where it is asked
 * @param allowPrivate whether the address may be one of a private network or of this machine
 * @param mode what a caller gets while the server is asked
 * @param timeout how long an answer may take
 * @param mostPending how many questions may be open
 * @param whenDown what holds while the server does not answer
 * @param token what it is sent as bearer token, null for nothing
 * @param authority a PEM file with the certificates that are trusted, null for those of the JDK
 * @param roles the roles about which it is asked
 */
public record HookRules(
        URI url,
        boolean allowPrivate,
        Mode mode,
        Duration timeout,
        int mostPending,
        WhenDown whenDown,
        @Nullable String token,
        @Nullable Path authority,
        Set<Role> roles) {

    /** The treatment of a caller while the server is asked. */
    public enum Mode {
        /** It is accepted, but nothing is read or sent until the answer. */
        HOLD,
        /** It is rejected with a code after which callers try again; a later attempt gets the answer. */
        RETRY
    }

    /** The decision that holds while the server does not answer. */
    public enum WhenDown {
        /** Nobody is let in. */
        DENY,
        /** Callers that were admitted within the last hour are admitted. */
        CACHED
    }

    /** Takes a copy. */
    public HookRules {
        roles = Set.copyOf(roles);
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "HookRules[" + mode + "]";
    }
}
