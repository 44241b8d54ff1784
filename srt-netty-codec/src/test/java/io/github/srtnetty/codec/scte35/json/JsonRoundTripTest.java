// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.GeneratedCues;
import io.github.srtnetty.codec.scte35.OracleTest;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cue that can be decoded comes back from its JSON byte for byte. */
class JsonRoundTripTest {
    private static final int MUTATIONS = 40_000;
    private static final int GENERATED = 20_000;

    static List<Samples.Cue> cues() {
        return OracleTest.goodCues();
    }

    @ParameterizedTest
    @MethodSource("cues")
    void readsTheBytesThatItPrints(Samples.Cue cue) {
        assertComesBack(SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT), cue.id());
    }

    @Tag("slow")
    @Test
    void readsTheBytesThatItPrints_ofCuesWithAChangedByte() {
        GeneratedCues.mutated(MUTATIONS, 35, JsonRoundTripTest::assertComesBack);
    }

    @Tag("slow")
    @Test
    void readsTheBytesThatItPrints_ofRandomCommandsAndDescriptors() {
        GeneratedCues.random(GENERATED, 104, JsonRoundTripTest::assertComesBack);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/DA4AAAAAAAAAP/wBQb+AA27oAAiAg9DVUVJAAAAAX+/AAAwAQECD0NVRUkAAAACf78AADEBASBaWHU=",
                "/DAqAAAAAAAAAP/wBQb+AA27oAAUAghBQkNE3q2+7wAIQ1VFSQAAAAHqku6f",
                "/DATAAAAAAAAAP/wAAAAAP//SB/L5w==",
                "/DA3AAAAAAAAAP/wBQb+AA27oAAhAh9DVUVJAAAAAX+/EBAAESIzRFVmd4iZqrvM3e7/IgEBFiReGg==",
                "/DAnAAAAAAAAAP/wBQb+AA27oAARAg9DVUVJAAAAAX+/DAAiAQGRP2j5",
                "/DAnAAAAAAAAAP/wBQb+AA27oAARAg9DVUVJAAAAAX+/CAAiAQGxy+t6"
            })
    void readsTheBytesThatItPrints_ofReportedCues(String base64) {
        assertThat(Scte35Json.parse(new Scte35Json().toJson(SpliceInfoSection.fromBase64(base64)))
                        .toBase64())
                .isEqualTo(base64);
    }

    @Test
    void printsAllBytesOfAPrivateDescriptor() {
        SpliceInfoSection cue =
                SpliceInfoSection.fromBase64("/DAqAAAAAAAAAP/wBQb+AA27oAAUAghBQkNE3q2+7wAIQ1VFSQAAAAHqku6f");
        assertThat(new Scte35Json().toJson(cue)).contains("deadbeef");
        assertThat(new ThreefiveJson().lossOf(cue)).isPresent();
    }

    @Test
    void needsNoBytesOfTheSectionForAUsualCue() {
        SpliceInfoSection cue = SpliceInfoSection.fromBase64("/DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==");
        assertThat(new Scte35Json().toJson(cue)).doesNotContain("bytes");
        assertThat(new ThreefiveJson().lossOf(cue)).isEmpty();
    }

    private static void assertComesBack(SpliceInfoSection section, String description) {
        for (Scte35Json form : List.of(new Scte35Json(), new Scte35Json().withTicks())) {
            String json = form.toJson(section);
            assertThat(Scte35Json.parse(json)).as("%s: %s", description, json).isEqualTo(section);
        }
    }
}
