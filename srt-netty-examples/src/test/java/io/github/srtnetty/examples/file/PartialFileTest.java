// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartialFileTest {
    @TempDir
    Path folder;

    @Test
    void aFullDiskLeavesNothing_andWhatWasThereStays() throws IOException {
        Path target = Files.writeString(folder.resolve("file"), "before");

        assertThatThrownBy(() -> {
                    try (PartialFile file = PartialFile.create(target, FullDisk::new)) {
                        file.write(new byte[10], 0, 10);
                        file.commit();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage(target + ": No space left on device");

        assertThat(folder).isDirectoryContaining("glob:**/file");
        assertThat(folder.toFile().list()).containsExactly("file");
        assertThat(target).hasContent("before");
    }

    @Test
    void aFileAppearsWhenItIsWhole() throws IOException {
        Path target = folder.resolve("file");
        try (PartialFile file = PartialFile.create(target)) {
            file.write(new byte[] {1, 2, 3}, 1, 2);
            assertThat(target).doesNotExist();

            file.commit();
        }
        assertThat(target).hasBinaryContent(new byte[] {2, 3});
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void oneToGoOnWithStays_unlessItIsEmpty() throws IOException {
        PartialFile.resume(folder.resolve("empty")).close();
        try (PartialFile file = PartialFile.resume(folder.resolve("begun"))) {
            file.write(new byte[5], 0, 5);
        }
        try (PartialFile again = PartialFile.resume(folder.resolve("begun"))) {
            assertThat(again.size()).isEqualTo(5);
        }
        assertThat(folder.toFile().list()).containsExactly("begun.part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"there", "missing"})
    void neverWritesThroughALink(String linked) throws IOException {
        Path there = Files.writeString(folder.resolve("there"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("film.part"), folder.resolve(linked));

        assertThatThrownBy(() -> PartialFile.resume(folder.resolve("film")))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(link + ": is there, and is no file");

        assertThat(there).hasContent("before");
        assertThat(folder.resolve("missing")).doesNotExist();
    }

    @Test
    void theBarHasNoControlCharactersOfThePeersName() {
        assertThat(new Progress("a\033[2Jb\u009B2Jc", 0, Progress.UNKNOWN).line(0, 1))
                .isEqualTo("a?[2Jb?2Jc 0.0 MB 0.0 MB/s");
    }

    @Test
    void theBarShowsRateAndTimeLeft() {
        Progress progress = new Progress("film.ts", 0, 100_000_000);

        assertThat(progress.line(25_000_000, 5_000_000_000L))
                .isEqualTo("film.ts [#######-----------------------]  25% 5.0 MB/s ETA 0:15");
        assertThat(new Progress("film.ts", 0, Progress.UNKNOWN).line(3_000_000, 1_000_000_000))
                .isEqualTo("film.ts 3.0 MB 3.0 MB/s");
    }

    private record FullDisk(ByteChannel disk) implements ByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            return disk.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            disk.write(source.slice(0, 1));
            throw new IOException("No space left on device");
        }

        @Override
        public boolean isOpen() {
            return disk.isOpen();
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }
    }
}
