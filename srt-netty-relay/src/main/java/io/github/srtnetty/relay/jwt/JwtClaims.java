// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import io.github.srtnetty.relay.auth.JwtRules;
import io.github.srtnetty.relay.streamid.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a token whose signature is good. */
final class JwtClaims {
    private static final int MOST_STREAMS = 32;
    /** The end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private JwtClaims() {}

    /** Returns what they allow, or why they are rejected. */
    static JwtCheck read(Map<String, Object> claims, JwtRules rules) {
        if (rules.issuer() != null && !rules.issuer().equals(claims.get("iss"))) {
            return JwtCheck.failed(JwtFault.ISSUER);
        }
        List<String> audience = texts(claims.get("aud"));
        if (rules.audience() != null && (audience == null || !audience.contains(rules.audience()))) {
            return JwtCheck.failed(JwtFault.AUDIENCE);
        }
        List<String> streams = texts(claims.get("streams"));
        Set<Role> roles = roles(texts(claims.get("role")));
        Long expires = seconds(claims.get("exp"));
        Long notBefore = claims.get("nbf") == null ? Long.valueOf(0) : seconds(claims.get("nbf"));
        Object passphrase = claims.get("passphrase");
        if (streams == null || streams.size() > MOST_STREAMS || roles == null) {
            return JwtCheck.failed(JwtFault.CLAIMS);
        }
        if (expires == null || notBefore == null || passphrase != null && !(passphrase instanceof String)) {
            return JwtCheck.failed(JwtFault.CLAIMS);
        }
        List<StreamPattern> patterns = streams.stream().map(StreamPattern::new).toList();
        return JwtCheck.of(new JwtGrant(patterns, roles, notBefore, expires, (String) passphrase, subject(claims)));
    }

    /**
     * Returns the name of the user. A {@code sub} that is not a string is ignored, because only the label depends on
     * it.
     */
    private static String subject(Map<String, Object> claims) {
        return claims.get("sub") instanceof String text ? text : "";
    }

    /** Returns a string or a list of strings, null for anything else. */
    private static @Nullable List<String> texts(@Nullable Object value) {
        if (value instanceof String text) {
            return List.of(text);
        }
        if (!(value instanceof List<?> list) || list.isEmpty() || !list.stream().allMatch(String.class::isInstance)) {
            return null;
        }
        return list.stream().map(String.class::cast).toList();
    }

    private static @Nullable Set<Role> roles(@Nullable List<String> names) {
        if (names == null) {
            return null;
        }
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            switch (name) {
                case "publish" -> roles.add(Role.PUBLISH);
                case "play" -> roles.add(Role.PLAY);
                default -> {
                    return null;
                }
            }
        }
        return roles;
    }

    private static @Nullable Long seconds(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double seconds = number.doubleValue();
        return seconds >= 0 && seconds <= LAST_SECOND ? Long.valueOf((long) seconds) : null;
    }
}
