// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The tokens of a stream in a role: one in clear, or salted SHA-256 hashes with blanks between them, each as
 * {@code sha256:SALT:HASH} in base64url. With two hashes a new token can replace an old one without an interruption.
 *
 * <p>A token is compared on libsrt's receive thread, so the hash is a fast one. That is safe only for random tokens: a
 * guess costs a microsecond, but 16 random bytes need too many guesses. Any thread.
 */
public final class StreamTokens {
    /** Shorter tokens can be guessed from a fast hash. */
    public static final int LEAST_CHARACTERS = 16;

    /** Each is computed for a caller, on the receive thread. */
    public static final int MOST_HASHES = 8;

    private static final String PREFIX = "sha256:";
    private static final String DIGEST = "SHA-256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    private record Hash(byte[] salt, byte[] hash) {}

    private final byte[] clear;
    private final List<Hash> hashes;

    private StreamTokens(byte[] clear, List<Hash> hashes) {
        this.clear = clear;
        this.hashes = hashes;
    }

    /**
     * Reads a setting; empty where no token is needed.
     *
     * @throws IllegalArgumentException for a wrong hash, without the text
     */
    public static StreamTokens parse(String setting) {
        if (!isHashed(setting)) {
            return new StreamTokens(setting.getBytes(StandardCharsets.UTF_8), List.of());
        }
        List<Hash> hashes = new ArrayList<>();
        for (String text : setting.strip().split("\\s+")) {
            hashes.add(hash(text));
        }
        if (hashes.size() > MOST_HASHES) {
            throw new IllegalArgumentException("has more than " + MOST_HASHES + " hashes");
        }
        return new StreamTokens(new byte[0], List.copyOf(hashes));
    }

    /** Returns whether a setting holds hashes and no token in clear. */
    public static boolean isHashed(String setting) {
        return setting.stripLeading().startsWith(PREFIX);
    }

    /**
     * Returns the text of a hash with a salt of its own.
     *
     * @throws IllegalArgumentException where the token is too short, without the token
     */
    public static String hashOf(String token) {
        if (token.length() < LEAST_CHARACTERS) {
            throw new IllegalArgumentException("a token of a stream needs at least " + LEAST_CHARACTERS
                    + " random characters if its hash is stored");
        }
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] hash = digest(salt, token.getBytes(StandardCharsets.UTF_8));
        return PREFIX + base64.encodeToString(salt) + ':' + base64.encodeToString(hash);
    }

    /** Returns whether no token is needed. */
    public boolean isEmpty() {
        return clear.length == 0 && hashes.isEmpty();
    }

    /** Returns whether a sent token is one of these; takes the same time for a wrong one. */
    public boolean has(String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
        if (hashes.isEmpty()) {
            return clear.length > 0 && MessageDigest.isEqual(clear, bytes);
        }
        boolean found = false;
        for (Hash hash : hashes) { // all of them, so the time reveals nothing
            found |= MessageDigest.isEqual(hash.hash, digest(hash.salt, bytes));
        }
        return found;
    }

    /** Leaves out what is secret. */
    @Override
    public String toString() {
        return "StreamTokens[" + (hashes.isEmpty() ? clear.length == 0 ? "none" : "clear" : hashes.size() + " hashes")
                + "]";
    }

    private static Hash hash(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3 || !text.startsWith(PREFIX)) {
            throw wrong();
        }
        try {
            Hash hash = new Hash(
                    Base64.getUrlDecoder().decode(parts[1]),
                    Base64.getUrlDecoder().decode(parts[2]));
            if (hash.salt.length < SALT_BYTES || hash.hash.length != HASH_BYTES) {
                throw wrong();
            }
            return hash;
        } catch (IllegalArgumentException e) {
            throw wrong(); // base64's own message would quote a character of it
        }
    }

    private static byte[] digest(byte[] salt, byte[] token) {
        try {
            MessageDigest digest = MessageDigest.getInstance(DIGEST);
            digest.update(salt);
            return digest.digest(token);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + DIGEST, e);
        }
    }

    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException("must be what srt-netty hash-token --stream prints");
    }
}
