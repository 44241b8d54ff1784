// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys derived from the secret of a cluster for pulls: the passphrase, and proofs of node and stream. Any thread.
 */
public final class PullKeys {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECONDS_PER_MINUTE = 60;
    /** Without a secret, all addresses are loopback, and the encryption protects nothing. */
    private static final String WITHOUT_SECRET = "srt-netty without a secret";

    private final SecretKeySpec key;
    private final boolean secret;
    private final InstantSource clock;

    private PullKeys(SecretKeySpec key, boolean secret, InstantSource clock) {
        this.key = key;
        this.secret = secret;
        this.clock = clock;
    }

    /** Returns the keys of a cluster; of an empty secret, keys that everybody knows. */
    public static PullKeys of(String secret) {
        return of(secret, InstantSource.system());
    }

    static PullKeys of(String secret, InstantSource clock) {
        byte[] bytes = (secret.isEmpty() ? WITHOUT_SECRET : secret).getBytes(StandardCharsets.UTF_8);
        return new PullKeys(new SecretKeySpec(bytes, ALGORITHM), !secret.isEmpty(), clock);
    }

    /** Returns whether there is a secret. */
    boolean hasSecret() {
        return secret;
    }

    /** Returns the passphrase of all pulls: 64 hexadecimal digits. */
    String passphrase() {
        return HexFormat.of().formatHex(mac("pull v1"));
    }

    /** Returns the proof that a node knows the secret, for this minute. */
    String proof(String subject, long epoch, String node) {
        return proof(subject, epoch, node, minute());
    }

    /** Returns whether a proof is of this minute or one beside it. Takes the same time for all wrong ones. */
    boolean proves(String subject, long epoch, String node, String proof) {
        byte[] sent = proof.getBytes(StandardCharsets.UTF_8);
        long now = minute();
        boolean right = false;
        for (long minute = now - 1; minute <= now + 1; minute++) {
            byte[] wanted = proof(subject, epoch, node, minute).getBytes(StandardCharsets.UTF_8);
            right |= MessageDigest.isEqual(wanted, sent);
        }
        return right;
    }

    /** Returns a proof; a line feed, which separates its parts, is in no stream name or node. */
    private String proof(String subject, long epoch, String node, long minute) {
        byte[] mac = mac(subject + '\n' + epoch + '\n' + node + '\n' + minute);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private long minute() {
        Instant now = clock.instant();
        return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_MINUTE);
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Leaves out the key. */
    @Override
    public String toString() {
        return "PullKeys[" + (secret ? "of a secret" : "without a secret") + "]";
    }
}
