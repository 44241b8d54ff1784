// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import io.github.srtnetty.relay.streamid.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON Web Tokens (RFC 7519) let callers in.
 *
 * @param file a JWK set (RFC 7517), null where it has an address
 * @param url the address of a JWK set, null where it is a file
 * @param allowPrivate whether the address may be one of a private network or of this machine
 * @param refresh the time between two downloads
 * @param algorithms the names that the header may have
 * @param issuer what {@code iss} must be, null for anything
 * @param audience what {@code aud} must have, null for anything
 * @param leeway by how much the clocks may differ
 * @param roles the roles that need a token
 */
public record JwtRules(
        @Nullable Path file,
        @Nullable URI url,
        boolean allowPrivate,
        Duration refresh,
        Set<String> algorithms,
        @Nullable String issuer,
        @Nullable String audience,
        Duration leeway,
        Set<Role> roles) {
    /** The algorithms that are implemented. The kind of a key decides which of them it is for. */
    public static final List<String> ALGORITHMS = List.of("ES256", "EdDSA", "RS256", "HS256");

    /** Takes copies. */
    public JwtRules {
        algorithms = Set.copyOf(algorithms);
        roles = Set.copyOf(roles);
    }
}
