// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UpidType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class Scte35JsonTest {
    @Test
    void addsTicksAndAdjustedTimeUnderKeysOfTheirOwn() {
        SpliceInfoSection section = SpliceInfoSection.builder(TimeSignal.at(8_589_934_336L))
                .ptsAdjustment(512)
                .build();
        assertThat(new Scte35Json().withTicks().toJson(section))
                .contains("\"pts_time\":95443.714844,")
                .contains("\"pts_time_ticks\":8589934336,")
                .contains("\"adjusted_pts_time\":0.002844,")
                .contains("\"adjusted_pts_time_ticks\":256")
                .contains("\"pts_adjustment_ticks\":512,");
    }

    @Test
    void printsOnlyWhatTheDescriptorsHold() {
        SpliceInfoSection section =
                SpliceInfoSection.decode(Samples.cue("gots-20").bytes(), DecodeOptions.STRICT);
        assertThat(new ThreefiveJson().toJson(section)).contains("\"sub_segments_expected\":41");
        assertThat(new Scte35Json().toJson(section)).doesNotContain("sub_segment");
    }

    @Test
    void printsEveryDigitAndTheLabelsOfTheStandard_whereThreefiveDoesNot() {
        SpliceInfoSection section = SpliceInfoSection.builder(SpliceNull.INSTANCE)
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.PROGRAM_START)
                        .upid(SegmentationUpid.of(UpidType.TI.id(), Bytes.fromHex("0000000000000012")))
                        .build())
                .build();
        assertThat(new Scte35Json().toJson(section))
                .contains("\"segmentation_upid\":\"0x0000000000000012\"")
                .contains("\"segmentation_upid_type_name\":\"TI/AiringID\"");
        assertThat(new ThreefiveJson().toJson(section))
                .contains("\"segmentation_upid\":\"0x12\"")
                .contains("\"segmentation_upid_type_name\":\"AiringID\"");
    }

    @Test
    void readsTheLeastThatMakesACue() {
        assertThat(Scte35Json.parse("{\"command\":{\"name\":\"Time Signal\",\"pts_time\":10.0}}"))
                .isEqualTo(SpliceInfoSection.builder(TimeSignal.at(900_000)).build());
    }

    @Test
    void takesTheNamesOfTheStandardToo() {
        assertThat(Scte35Json.parse("{\"command\":{\"name\":\"time_signal\",\"pts_time\":10.0}}"))
                .isEqualTo(SpliceInfoSection.builder(TimeSignal.at(900_000)).build());
        assertThat(Scte35Json.parse("{\"command\":{\"name\":\"splice_null\"}}"))
                .isEqualTo(SpliceInfoSection.builder(SpliceNull.INSTANCE).build());
    }

    @Test
    void saysWhereTheJsonBreaksOff() {
        assertThatThrownBy(() -> Scte35Json.parse("{")).hasMessageEndingWith("at line: 1, column: 2");
        assertThatThrownBy(() -> Scte35Json.parse("")).hasMessageEndingWith("actual nothing");
    }

    @Test
    void namesTheKeyThatIsWrong() {
        Map<String, String> wrong = Map.of(
                "[]", "JSON",
                "{", "JSON",
                "{}", "command",
                "{} {}", "JSON",
                "{\"command\":{\"command_type\":6,\"pts_time\":-1}}", "command.pts_time",
                "{\"command\":{\"command_type\":6,\"pts_time\":1e99}}", "command.pts_time",
                "{\"command\":{\"command_type\":6,\"pts_time\":1e999999999}}", "command.pts_time",
                "{\"command\":{\"command_type\":0},\"info_section\":{\"tier\":\"0x1000\"}}", "info_section.tier",
                "{\"command\":{\"command_type\":0},\"descriptors\":[{\"tag\":99}]}", "descriptors[0].bytes",
                "{\"command\":{\"command_type\":0},\"descriptors\":[1]}", "descriptors");
        wrong.forEach((json, key) -> assertThatThrownBy(() -> Scte35Json.parse(json))
                .as(json)
                .isInstanceOfSatisfying(
                        MalformedDataException.class,
                        failure -> assertThat(failure.field()).isEqualTo(key)));
    }
}
