// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Mints tokens with keys of each kind, made once for a test run. */
public final class Minter {
    private static final String ED25519 = "Ed25519";

    private final String algorithm;
    private final JWK key;
    private final JWSSigner signer;
    private final KeyPair pair;

    private Minter(String algorithm, JWK key, JWSSigner signer, KeyPair pair) {
        this.algorithm = algorithm;
        this.key = key;
        this.signer = signer;
        this.pair = pair;
    }

    /** Returns a minter with a new key, whose id is the name of the algorithm in lower case. */
    public static Minter of(String algorithm) throws JOSEException, GeneralSecurityException {
        String id = algorithm.toLowerCase(Locale.ROOT);
        switch (algorithm) {
            case "ES256" -> {
                ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
                return new Minter(algorithm, key, new ECDSASigner(key), null);
            }
            case "RS256" -> {
                RSAKey key = new RSAKeyGenerator(2048).keyID(id).generate();
                return new Minter(algorithm, key, new RSASSASigner(key), null);
            }
            case "HS256" -> {
                OctetSequenceKey key =
                        new OctetSequenceKeyGenerator(256).keyID(id).generate();
                return new Minter(algorithm, key, new MACSigner(key), null);
            }
            default -> {
                KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
                byte[] encoded = pair.getPublic().getEncoded();
                Base64URL x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
                return new Minter(
                        algorithm,
                        new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(id).build(),
                        null,
                        pair);
            }
        }
    }

    public JWK key() {
        return key;
    }

    /** Returns the JWK set of minters: public keys, and those of HS256. */
    public static byte[] keySet(Minter... minters) {
        List<JWK> keys = Arrays.stream(minters)
                .map(minter -> minter.algorithm.equals("HS256") ? minter.key : minter.key.toPublicJWK())
                .toList();
        return new JWKSet(keys).toString(false).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a token with claims in JSON. */
    public String mint(String claims) {
        return sign(header(), claims);
    }

    /** Returns a header with algorithm and key id. */
    public JWSHeader header() {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                .keyID(key.getKeyID())
                .build();
    }

    /** Returns a token with any header. */
    public String sign(JWSHeader header, String claims) {
        try {
            if (signer == null) {
                return signText(header.toBase64URL() + "." + Base64URL.encode(claims));
            }
            JWSObject jws = new JWSObject(header, new Payload(claims));
            jws.sign(signer);
            return jws.serialize();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String signText(String text) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ED25519);
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64URL.encode(signature.sign());
    }
}
