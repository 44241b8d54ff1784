// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Fingerprint;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the SHA-256 of complete files. A file is read for its hash once until it changes, by one request at a
 * time, so any number of requests for the end of large files cost at most one core. Any thread.
 */
final class HashCache {
    private static final int MOST_FILES = 10_000; // some 3 MB
    private static final int BLOCK_BYTES = 64 << 10;
    private static final long POLL_MILLIS = 50;

    private final Semaphore reading = new Semaphore(1, true);
    private final Map<FileVersion, String> hashes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileVersion, String> eldest) {
            return size() > MOST_FILES;
        }
    };

    private final Reader reader;

    HashCache() {
        this(HashCache::read);
    }

    /** Reads files with a function of a test. */
    HashCache(Reader reader) {
        this.reader = reader;
    }

    /** Hashes a whole file. */
    @FunctionalInterface
    interface Reader {
        /** Returns the SHA-256 in hexadecimal; {@code wanted} stops it. */
        String read(SourceFile file, Wanted wanted) throws IOException;
    }

    /** Caches the hash of a file that was sent completely. */
    void put(SourceFile file, String hash) {
        if (file.version().isSettled()) {
            synchronized (hashes) {
                hashes.put(file.version(), hash);
            }
        }
    }

    /** Returns the hash of a file, in hexadecimal; reads the file if it is not cached. {@code wanted} stops that. */
    String of(SourceFile file, Wanted wanted) throws IOException {
        String known = known(file);
        if (known != null) {
            return known;
        }
        acquire(wanted);
        try {
            String meanwhile = known(file);
            if (meanwhile != null) {
                return meanwhile;
            }
            String hash = reader.read(file, wanted);
            put(file, hash);
            return hash;
        } finally {
            reading.release();
        }
    }

    private @Nullable String known(SourceFile file) {
        synchronized (hashes) {
            return hashes.get(file.version());
        }
    }

    private void acquire(Wanted wanted) throws IOException {
        try {
            while (!reading.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                wanted.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static String read(SourceFile file, Wanted wanted) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        byte[] block = new byte[BLOCK_BYTES];
        file.seek(0);
        for (int count = file.read(block, 0, block.length); count >= 0; count = file.read(block, 0, block.length)) {
            wanted.check();
            fingerprint.add(block, 0, count);
        }
        return fingerprint.sha256Hex();
    }
}
