// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The salted hash of a token: PBKDF2 with HMAC-SHA-256 (RFC 8018). As text
 * {@code pbkdf2-sha256:ITERATIONS:SALT:HASH}, the last two in base64url.
 */
public final class TokenHash {
    /** Shorter tokens can be guessed from their hash. */
    public static final int LEAST_CHARACTERS = 16;

    public static final int MOST_CHARACTERS = 256;

    /** About 50 ms for each guess; a token is random, so more would only slow down the relay. */
    private static final int ITERATIONS = 100_000;

    private static final int LEAST_ITERATIONS = 10_000;
    private static final int MOST_ITERATIONS = 1_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "pbkdf2-sha256";
    /** The characters of a bearer token (RFC 6750, 2.1). */
    private static final String CHARACTERS = "[A-Za-z0-9._~+/-]+=*";

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private TokenHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * Hashes a token with a salt of its own. Takes about 50 ms.
     *
     * @throws IllegalArgumentException where the token is too short or long, or has a character that a header cannot
     *     carry; without the token
     */
    public static TokenHash of(String token) {
        if (token.length() < LEAST_CHARACTERS || !isPossible(token)) {
            throw new IllegalArgumentException("a token has " + LEAST_CHARACTERS + " to " + MOST_CHARACTERS
                    + " letters, digits and . _ ~ + / - and may end with =");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new TokenHash(ITERATIONS, salt, derived(token, salt, ITERATIONS));
    }

    /**
     * Reads the text of a hash.
     *
     * @throws IllegalArgumentException without the text
     */
    public static TokenHash parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 4 || !parts[0].equals(PREFIX) || !parts[1].matches("[1-9][0-9]{0,6}")) {
            throw wrong();
        }
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getUrlDecoder().decode(parts[2]);
        byte[] hash = Base64.getUrlDecoder().decode(parts[3]);
        if (iterations < LEAST_ITERATIONS
                || iterations > MOST_ITERATIONS
                || salt.length < SALT_BYTES
                || hash.length != HASH_BYTES) {
            throw wrong();
        }
        return new TokenHash(iterations, salt, hash);
    }

    /** Returns whether a text could be a token; other texts are wrong without computing a hash. */
    public static boolean isPossible(String token) {
        return token.length() <= MOST_CHARACTERS && token.matches(CHARACTERS);
    }

    /** Returns whether a token has this hash; takes the same time for a wrong one. */
    public boolean matches(String token) {
        return MessageDigest.isEqual(hash, derived(token, salt, iterations));
    }

    /** Returns the text for the configuration. */
    public String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return PREFIX + ':' + iterations + ':' + base64.encodeToString(salt) + ':' + base64.encodeToString(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenHash token
                && token.iterations == iterations
                && Arrays.equals(token.salt, salt)
                && MessageDigest.isEqual(token.hash, hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    /** Leaves the hash out. */
    @Override
    public String toString() {
        return PREFIX;
    }

    private static byte[] derived(String token, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(token.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("must be what srt-netty hash-token prints");
    }
}
