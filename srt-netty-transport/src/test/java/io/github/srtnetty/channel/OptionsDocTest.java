// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The pages of reference are what the tables of the code say. */
class OptionsDocTest {
    @Test
    void docsOptionsMdIsWhatTheTableSays() throws IOException {
        requireWritten(OptionsDoc.file(), OptionsDoc.text(), "OptionsDoc");
    }

    @Test
    void docsStatisticsMdIsWhatTheTableSays() throws IOException {
        requireWritten(StatisticsDoc.file(), StatisticsDoc.text(), "StatisticsDoc");
    }

    @Test
    void docsRejectCodesMdIsWhatTheConstantsSay() throws IOException, IllegalAccessException {
        requireWritten(RejectReasonsDoc.file(), RejectReasonsDoc.text(), "RejectReasonsDoc");
    }

    @Test
    void anOptionOfAChannelHasTheJavadocOfItsRow() {
        SourceDoc rows = new SourceDoc("srt-netty-native/src/main/java/io/github/srtnetty/libsrt/SrtOptions.java");
        SourceDoc options =
                new SourceDoc("srt-netty-transport/src/main/java/io/github/srtnetty/channel/SrtChannelOption.java");
        for (SrtChannelOption<?> option : SrtChannelOption.all()) {
            assertThat(options.of(option.name())).as(option.name()).isEqualTo(rows.of(option.name()));
        }
    }

    private static void requireWritten(Path file, String text, String writer) throws IOException {
        if (Boolean.getBoolean("srtnetty.writeDocs")) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("docs/%s; -Dsrtnetty.writeDocs=true writes it (%s)", file.getFileName(), writer)
                .isEqualTo(text);
    }
}
