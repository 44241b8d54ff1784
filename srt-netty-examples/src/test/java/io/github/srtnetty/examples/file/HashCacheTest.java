// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.examples.Material;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What requests for the end of a file cost. */
class HashCacheTest {
    private static final int BLOCKS = 5;
    private static final FileTime LONG_AGO = FileTime.from(Instant.ofEpochSecond(1_700_000_000));

    @TempDir
    Path folder;

    private final AtomicInteger reads = new AtomicInteger();
    private final HashCache hashes = new HashCache((file, wanted) -> {
        reads.incrementAndGet();
        return HashCache.read(file, wanted);
    });
    private Path path;

    @BeforeEach
    void makeFile() throws IOException {
        path = Files.write(folder.resolve("film"), new byte[BLOCKS << 16]);
        Files.setLastModifiedTime(path, LONG_AGO);
    }

    @Test
    void readsAFileOnce_forManyAtATime() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                answers.add(callers.submit(this::hash));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo(Material.sha256(path));
            }
            assertThat(reads).hasValue(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void readsItAgain_whenItHasChanged() throws Exception {
        hash();
        Files.write(path, new byte[] {1});
        Files.setLastModifiedTime(path, LONG_AGO);

        assertThat(hash()).isEqualTo(Material.sha256(path));
        assertThat(reads).hasValue(2);
    }

    @Test
    void doesNotReadWhatWasSentAsAWhole() throws Exception {
        try (SourceFile file = SourceFile.open(path)) {
            hashes.put(file, "of the transfer");
        }
        assertThat(hash()).isEqualTo("of the transfer");
        assertThat(reads).hasValue(0);
    }

    @Test
    void keepsNoHashOfAFileThatIsBeingWritten() throws Exception {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(60)));
        hash();
        hash();
        assertThat(reads).hasValue(2);
    }

    @Test
    void stops_whenThePeerLeaves() throws IOException {
        AtomicInteger blocks = new AtomicInteger();
        try (SourceFile file = SourceFile.open(path)) {
            assertThatThrownBy(() -> hashes.of(file, () -> {
                        if (blocks.incrementAndGet() == 2) {
                            throw new IOException("left");
                        }
                    }))
                    .hasMessage("left");
        }
        assertThat(blocks).hasValue(2);
    }

    private String hash() throws IOException {
        try (SourceFile file = SourceFile.open(path)) {
            return hashes.of(file, Wanted.ALWAYS);
        }
    }
}
