// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes bytes. One thread at a time. */
public final class Fingerprint {
    private final MessageDigest digest = sha256();
    private long bytes;

    /** Takes what follows; the buffer is then at its end. */
    public void add(ByteBuffer more) {
        bytes += more.remaining();
        digest.update(more);
    }

    /** Returns how many bytes there were. */
    public long bytes() {
        return bytes;
    }

    /** Returns the SHA-256 in hexadecimal, once, at the end. */
    public String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
