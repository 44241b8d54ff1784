// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFilesTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFileThatIsReadAndWritten_byWhateverPath() throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "input");
        Path hard = Files.createLink(folder.resolve("hard"), file);
        Path symbolic = Files.createSymbolicLink(folder.resolve("symbolic"), file);
        for (Path path : List.of(hard, symbolic, folder.resolve("./in"))) {
            NamedFiles files = new NamedFiles(List.of());
            files.reads(file);
            assertThatThrownBy(() -> files.writes(path))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(path + ": is named twice, also as " + file);
        }
    }

    @Test
    void refusesANewFileThatIsWrittenTwice_alsoThroughALink() throws Exception {
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("new"));
        for (Path path :
                List.of(dangling, folder.resolve("new"), folder.resolve("../" + folder.getFileName() + "/new"))) {
            NamedFiles files = new NamedFiles(List.of());
            files.writes(folder.resolve("new"));
            assertThatThrownBy(() -> files.writes(path)).hasMessageContaining(": is named twice");
        }
    }

    @Test
    void refusesToWriteTheFileOfAPassphrase() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "a passphrase");
        NamedFiles files = new NamedFiles(List.of("srt://:4201?latency=20&passphrase=file:" + key + "&fc=100"));
        assertThatThrownBy(() -> files.writes(key)).hasMessage(key + ": is named twice");
    }

    @Test
    void allowsWhatHarmsNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("in"), "input");
        NamedFiles files = new NamedFiles(List.of());
        assertThatCode(() -> {
                    files.reads(file);
                    files.reads(file);
                    files.writes(folder.resolve("other"));
                    files.writes(Path.of("/dev/null"));
                    files.writes(Path.of("/dev/null"));
                    files.writes(folder.resolve("no/such/folder/x"));
                    files.writes(folder.resolve("no/such/folder/x"));
                })
                .doesNotThrowAnyException();
    }
}
