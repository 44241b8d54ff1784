// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.jwt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens with a good signature, by their SHA-256: a player that reconnects needs no further check. A grant is valid as
 * long as the keys are the same. Any thread.
 */
final class GrantCache {
    /** About 5 MB; the least recently used one is removed. */
    static final int MOST = 10_000;

    private record Entry(JwtKeys keys, JwtGrant grant) {}

    private final Map<ByteBuffer, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, GrantCache.Entry> eldest) {
            return size() > MOST;
        }
    };

    static ByteBuffer name(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    synchronized @Nullable JwtGrant find(ByteBuffer name, JwtKeys keys) {
        Entry entry = entries.get(name);
        if (entry != null && entry.keys != keys) {
            entries.remove(name);
            return null;
        }
        return entry == null ? null : entry.grant;
    }

    synchronized void put(ByteBuffer name, JwtKeys keys, JwtGrant grant) {
        entries.put(name, new Entry(keys, grant));
    }
}
