// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import io.github.srtnetty.relay.streamid.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rights that a token with a good signature gives.
 *
 * @param streams the names of the streams
 * @param roles the roles
 * @param notBefore from when, in seconds since 1970
 * @param expires until when, in seconds since 1970
 * @param passphrase the name of a passphrase in the configuration, null for that of the stream
 * @param subject the name of the user, empty where it has none
 */
public record JwtGrant(
        List<StreamPattern> streams,
        Set<Role> roles,
        long notBefore,
        long expires,
        @Nullable String passphrase,
        String subject) {

    /** Takes copies. */
    public JwtGrant {
        streams = List.copyOf(streams);
        roles = Set.copyOf(roles);
    }

    /** Returns whether a stream may be used in a role. */
    public boolean allows(Role role, String name) {
        return roles.contains(role) && streams.stream().anyMatch(pattern -> pattern.matches(name));
    }

    @Nullable
    JwtFault fault(Instant now, Duration leeway) {
        if (now.getEpochSecond() - leeway.toSeconds() >= expires) {
            return JwtFault.EXPIRED;
        }
        return now.getEpochSecond() + leeway.toSeconds() < notBefore ? JwtFault.NOT_YET : null;
    }
}
