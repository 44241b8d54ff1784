// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Scte35JsonTest {
    private static final Map<String, Map<String, Object>> THREEFIVE = Samples.decodes("threefive");
    private static final DecodeOptions AS_LENIENT_AS_THREEFIVE =
            DecodeOptions.STRICT.acceptingBadCrc().acceptingTruncated();

    static List<Samples.Cue> cues() {
        return Samples.cues().stream()
                .filter(cue -> THREEFIVE.containsKey(cue.id()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cues")
    void printsWhatThreefivePrints_keyForKey(Samples.Cue cue) {
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), AS_LENIENT_AS_THREEFIVE);
        Object printed = TestJson.parse(Scte35Json.THREEFIVE.toJson(section));
        assertThat(printed).hasToString(THREEFIVE.get(cue.id()).toString());
        assertThat(printed).isEqualTo(THREEFIVE.get(cue.id()));
    }

    @Test
    void thereAre136Cues() {
        assertThat(cues()).hasSize(136);
    }

    @Test
    void addsTicksAndAdjustedTimeUnderKeysOfTheirOwn() {
        SpliceInfoSection section = SpliceInfoSection.builder(TimeSignal.at(8_589_934_336L))
                .ptsAdjustment(512)
                .build();
        assertThat(Scte35Json.THREEFIVE.withTicks().toJson(section))
                .contains("\"pts_time\":95443.714844,")
                .contains("\"pts_time_ticks\":8589934336,")
                .contains("\"adjusted_pts_time\":0.002844,")
                .contains("\"adjusted_pts_time_ticks\":256")
                .contains("\"pts_adjustment_ticks\":512,");
    }

    @Test
    void printsOnlyWhatIsThere_whenCorrected() {
        SpliceInfoSection section =
                SpliceInfoSection.decode(Samples.cue("gots-20").bytes(), DecodeOptions.STRICT);
        assertThat(Scte35Json.THREEFIVE.toJson(section)).contains("\"sub_segments_expected\":41");
        assertThat(Scte35Json.THREEFIVE.corrected().toJson(section)).doesNotContain("sub_segment");
    }

    @Test
    void printsWhatThreefiveCannotRead() {
        for (String id :
                List.of("syn-sched-prog", "syn-sched-comp", "syn-d-audio", "syn-insert-comp", "syn-enc-des-ecb")) {
            SpliceInfoSection section = SpliceInfoSection.decode(Samples.cue(id).bytes(), DecodeOptions.STRICT);
            assertThat(TestJson.parse(Scte35Json.THREEFIVE.withTicks().toJson(section)))
                    .isInstanceOf(Map.class);
        }
    }
}
