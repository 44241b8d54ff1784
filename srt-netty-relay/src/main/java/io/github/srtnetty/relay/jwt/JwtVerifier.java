// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import io.github.srtnetty.relay.auth.JwtRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens against keys in memory, on libsrt's receive thread: it parses at most a stream id, checks one signature
 * and never waits. Any thread.
 */
public final class JwtVerifier implements AutoCloseable {
    /** More than a stream id can hold. */
    static final int MOST_CHARACTERS = 1024;

    private final JwtRules rules;
    private final JwtKeySource source;
    private final GrantCache cache = new GrantCache();
    private final CheckBudget budget = new CheckBudget();
    private final JwtCounts counts;

    private JwtVerifier(JwtRules rules, JwtKeySource source, JwtCounts counts) {
        this.rules = rules;
        this.source = source;
        this.counts = counts;
    }

    /**
     * Reads the keys of a file, or starts to download them from an address.
     *
     * @param counts counts every check
     * @throws IOException where the file cannot be used
     */
    public static JwtVerifier start(JwtRules rules, JwtCounts counts) throws IOException {
        return new JwtVerifier(rules, JwtKeySource.start(rules), counts);
    }

    /** Returns the rules that it was started with. */
    public JwtRules rules() {
        return rules;
    }

    /** Returns whether the signature of a token was already verified. */
    public boolean remembers(String token) {
        JwtKeys keys = source.keys();
        return keys != null && token.length() <= MOST_CHARACTERS && cache.find(GrantCache.name(token), keys) != null;
    }

    /** Checks a token. */
    public JwtCheck check(String token, Instant now, long nowNanos) {
        JwtCheck check = checked(token, now, nowNanos);
        counts.add(check.fault());
        return check;
    }

    @Override
    public void close() {
        source.close();
    }

    private JwtCheck checked(String token, Instant now, long nowNanos) {
        JwtKeys keys = source.keys();
        if (keys == null) {
            return JwtCheck.failed(JwtFault.NO_KEYS);
        }
        if (token.length() > MOST_CHARACTERS) {
            return JwtCheck.failed(JwtFault.MALFORMED);
        }
        ByteBuffer name = GrantCache.name(token);
        JwtGrant known = cache.find(name, keys);
        if (known != null) {
            counts.remembered().increment();
            return inTime(known, now);
        }
        if (!budget.take(nowNanos)) {
            return JwtCheck.failed(JwtFault.BUSY);
        }
        JwtCheck check = verified(token, keys);
        if (check.fault() == JwtFault.UNKNOWN_KEY) {
            source.refreshSoon();
        }
        if (check.grant() == null) {
            return check;
        }
        cache.put(name, keys, check.grant());
        return inTime(check.grant(), now);
    }

    private JwtCheck inTime(JwtGrant grant, Instant now) {
        JwtFault fault = grant.fault(now, rules.leeway());
        return fault == null ? JwtCheck.of(grant) : JwtCheck.failed(fault);
    }

    private JwtCheck verified(String token, JwtKeys keys) {
        try {
            JWSObject jws = JWSObject.parse(token);
            JwtFault fault = fault(jws, keys);
            if (fault != null) {
                return JwtCheck.failed(fault);
            }
            @Nullable Map<String, Object> claims = jws.getPayload().toJSONObject();
            return claims == null ? JwtCheck.failed(JwtFault.CLAIMS) : JwtClaims.read(claims, rules);
        } catch (ParseException | JOSEException | RuntimeException e) { // strangers choose the text
            return JwtCheck.failed(JwtFault.MALFORMED);
        }
    }

    /** Uses only the names of algorithm and key of the header, never {@code jwk}, {@code jku} or {@code x5u}. */
    private @Nullable JwtFault fault(JWSObject jws, JwtKeys keys) throws JOSEException {
        JWSHeader header = jws.getHeader();
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            return JwtFault.MALFORMED;
        }
        String algorithm = JwtKeys.algorithm(header.getAlgorithm().getName());
        if (!rules.algorithms().contains(algorithm)) {
            return JwtFault.ALGORITHM;
        }
        JwtKeys.Key key = keys.find(algorithm, header.getKeyID());
        if (key == null) {
            return JwtFault.UNKNOWN_KEY;
        }
        return jws.verify(key.verifier()) ? null : JwtFault.SIGNATURE;
    }
}
