// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Names of files in arguments. */
class FileNamesTest {
    /** As an output it would be written under another name, and as an input the file would seem to be missing. */
    @ParameterizedTest
    @ValueSource(strings = {"bad\uFFFD.ts", "\uFFFD", "folder\uFFFD/in.ts"})
    void aNameThatIsNoUtf8IsRefused(String name) {
        assertThatThrownBy(() -> FileNames.file(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not UTF-8")
                .hasMessageContaining("rename it");
        assertThatThrownBy(() -> new FileNames.FileOrFolderConverter().convert(name))
                .isInstanceOf(TypeConversionException.class);
    }

    @Test
    void anyOtherNameIsTaken() {
        assertThat(FileNames.file("gr\u00fc\u00dfe \u65e5\u672c.ts"))
                .isEqualTo(Path.of("gr\u00fc\u00dfe \u65e5\u672c.ts"));
    }
}
