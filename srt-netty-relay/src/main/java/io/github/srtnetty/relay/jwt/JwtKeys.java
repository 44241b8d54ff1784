// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import io.github.srtnetty.relay.auth.JwtRules;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a JWK set (RFC 7517), each with the one algorithm that it is for: the header of a token never chooses how
 * a key is used. Immutable.
 */
final class JwtKeys {
    static final int MOST_KEYS = 64;

    private static final int LEAST_RSA_BITS = 2048;
    /** A check takes four times as long as with 2048 bits. */
    private static final int MOST_RSA_BITS = 4096;
    /** 65537 in practice; the time of a check grows with it. */
    private static final int MOST_EXPONENT_BITS = 32;

    private static final int WARM_UPS = 50;
    private static final String CLAIMS =
            "{\"streams\":[\"a\"],\"role\":\"play\",\"exp\":1,\"nbf\":1,\"aud\":\"a\",\"iss\":\"a\"}";

    record Key(@Nullable String id, String algorithm, JWSVerifier verifier) {}

    private final List<Key> keys;
    private final int ignored;

    private JwtKeys(List<Key> keys, int ignored) {
        this.keys = keys;
        this.ignored = ignored;
    }

    /**
     * Reads a set. Keys for other purposes and algorithms are ignored.
     *
     * @param secrets whether it may hold keys of HS256: an address that serves them reveals them to everybody
     * @throws IOException if it is malformed or has no usable key; without its content
     */
    static JwtKeys parse(byte[] json, Set<String> algorithms, boolean secrets) throws IOException {
        List<JWK> all;
        try {
            all = JWKSet.parse(new String(json, StandardCharsets.UTF_8)).getKeys();
        } catch (ParseException | RuntimeException e) { // the parser's own mistakes too
            throw new IOException("is not a JWK set"); // the message of the parser may quote it
        }
        if (all.size() > MOST_KEYS) {
            throw new IOException("has more than " + MOST_KEYS + " keys");
        }
        List<Key> usable = new ArrayList<>();
        for (JWK jwk : all) {
            Key key = key(jwk, secrets);
            if (key != null && algorithms.contains(key.algorithm)) {
                usable.add(key);
            }
        }
        if (usable.isEmpty()) {
            throw new IOException("has no key for " + String.join(", ", new TreeSet<>(algorithms)));
        }
        return new JwtKeys(List.copyOf(usable), all.size() - usable.size());
    }

    /** Returns the name under which an algorithm is known here: RFC 9864 calls EdDSA with Ed25519 by its curve. */
    static String algorithm(String name) {
        return name.equals("Ed25519") ? "EdDSA" : name;
    }

    /** Returns the key named by a header, null if there is none; without an id, exactly one key must fit. */
    @Nullable
    Key find(String algorithm, @Nullable String id) {
        Key found = null;
        for (Key key : keys) {
            if (key.algorithm.equals(algorithm) && (id == null || id.equals(key.id))) {
                if (found != null) {
                    return null;
                }
                found = key;
            }
        }
        return found;
    }

    /**
     * Checks tokens with a wrong signature in advance, so the first caller does not delay the port while the JDK
     * loads and compiles the code.
     */
    void warmUp(JwtRules rules) {
        for (Key key : keys) {
            int bytes = key.algorithm.equals("RS256") ? LEAST_RSA_BITS / Byte.SIZE : 64;
            String token = Base64URL.encode("{\"alg\":\"" + key.algorithm + "\",\"kid\":\"1\"}") + "."
                    + Base64URL.encode(CLAIMS) + "." + Base64URL.encode(new byte[bytes]);
            for (int i = 0; i < WARM_UPS; i++) {
                try {
                    JWSObject jws = JWSObject.parse(token);
                    jws.verify(key.verifier);
                    JwtClaims.read(jws.getPayload().toJSONObject(), rules);
                } catch (ParseException | JOSEException | RuntimeException e) {
                    return; // a caller's token will fail with it too
                }
            }
        }
    }

    /** Returns numbers only. */
    @Override
    public String toString() {
        return keys.size() + (keys.size() == 1 ? " key" : " keys") + (ignored == 0 ? "" : ", " + ignored + " ignored");
    }

    private static @Nullable Key key(JWK jwk, boolean secrets) {
        KeyUse use = jwk.getKeyUse();
        if (use != null && !use.equals(KeyUse.SIGNATURE)) {
            return null;
        }
        try {
            Key key = null;
            if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
                key = new Key(jwk.getKeyID(), "ES256", new ECDSAVerifier(ec.toECPublicKey()));
            } else if (jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) {
                key = new Key(
                        jwk.getKeyID(), "EdDSA", new Ed25519Verifier(pair.getX().decode()));
            } else if (jwk instanceof RSAKey rsa && isUsable(rsa.toRSAPublicKey())) {
                key = new Key(jwk.getKeyID(), "RS256", new RSASSAVerifier(rsa.toRSAPublicKey()));
            } else if (jwk instanceof OctetSequenceKey secret && secrets) {
                key = new Key(jwk.getKeyID(), "HS256", new MACVerifier(secret.toByteArray()));
            }
            boolean isOther = key != null
                    && jwk.getAlgorithm() != null
                    && !algorithm(jwk.getAlgorithm().getName()).equals(key.algorithm);
            return isOther ? null : key;
        } catch (JOSEException | RuntimeException e) {
            return null; // too short, or no point of its curve
        }
    }

    private static boolean isUsable(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        return bits >= LEAST_RSA_BITS
                && bits <= MOST_RSA_BITS
                && exponent.bitLength() <= MOST_EXPONENT_BITS
                && exponent.testBit(0)
                && exponent.bitLength() > 1;
    }
}
