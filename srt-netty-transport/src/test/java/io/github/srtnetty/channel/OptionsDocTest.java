// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class OptionsDocTest {
    @Test
    void docsOptionsMdIsWhatTheTableSays() throws IOException {
        assertThat(Files.readString(OptionsDoc.file()))
                .as("docs/options.md; run the main of OptionsDoc to write it")
                .isEqualTo(OptionsDoc.text());
    }
}
