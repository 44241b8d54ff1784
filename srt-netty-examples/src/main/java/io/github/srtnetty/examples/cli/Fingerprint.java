// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes bytes. One thread at a time. */
public final class Fingerprint {
    private final MessageDigest digest = sha256();
    private long bytes;

    /** Adds the remaining bytes of a buffer, which is then at its end. */
    public void add(ByteBuffer more) {
        if (more.hasArray()) {
            add(more.array(), more.arrayOffset() + more.position(), more.remaining());
            more.position(more.limit());
        } else {
            bytes += more.remaining();
            digest.update(more);
        }
    }

    /**
     * Adds bytes. In a buffer they would be hashed at only 10 MB/s: HotSpot 17 drops its fast code for buffers after
     * some 500 MB.
     */
    public void add(byte[] source, int offset, int length) {
        bytes += length;
        digest.update(source, offset, length);
    }

    /** Returns the number of bytes. */
    public long bytes() {
        return bytes;
    }

    /** Returns the SHA-256 in hexadecimal; may be called once, at the end. */
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
