// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every cue in every form becomes the same cue in every other form, and no form has to be named. */
class AnyToAnyTest {
    private static final Path VECTORS = Path.of("../srt-netty-codec/src/test/resources/scte35/vectors.tsv");
    private static final int BASE64 = 3;

    @Test
    void thereAreManyCues() throws IOException {
        assertThat(cues()).hasSizeGreaterThan(140);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(CueFormat.class)
    void everyCueComesThroughEveryPairOfForms(CueFormat from) throws IOException {
        for (SpliceInfoSection cue : cues()) {
            SpliceInfoSection read = only(new CueText(null).read(from.form().write(cue)), from + " " + cue.toBase64());
            assertThat(read).as("%s %s", from, cue.toBase64()).isEqualTo(cue);
            for (OutputFormat to : OutputFormat.values()) {
                byte[] written =
                        to.open(new CueJson(), new HlsTags()).ofSection().apply(read);
                if (to == OutputFormat.TEXT) {
                    assertThat(written).isNotEmpty();
                } else {
                    String way = from + " to " + to + ": " + cue.toBase64();
                    assertThat(only(new CueText(null).read(written), way))
                            .as(way)
                            .isEqualTo(cue);
                    CueText named = new CueText(CueFormat.valueOf(to.name()));
                    assertThat(only(named.read(written), way)).as(way).isEqualTo(cue);
                }
            }
        }
    }

    private static SpliceInfoSection only(CueDocument document, String description) {
        assertThat(document.failures()).as(description).isEmpty();
        assertThat(document.cues()).as(description).hasSize(1);
        return document.cues().get(0);
    }

    private static List<SpliceInfoSection> cues() throws IOException {
        try (Stream<String> lines = Files.lines(VECTORS)) {
            return lines.skip(1)
                    .map(line -> decoded(line.split("\t")[BASE64]))
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private static @Nullable SpliceInfoSection decoded(String base64) {
        try {
            return SpliceInfoSection.fromBase64(base64);
        } catch (MalformedDataException e) {
            return null; // broken by intention
        }
    }
}
