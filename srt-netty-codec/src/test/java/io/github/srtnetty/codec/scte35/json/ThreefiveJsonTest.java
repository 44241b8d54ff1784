// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.TestJson;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThreefiveJsonTest {
    private static final Map<String, Map<String, Object>> THREEFIVE = Samples.decodes("threefive");
    private static final DecodeOptions AS_LENIENT_AS_THREEFIVE =
            DecodeOptions.STRICT.withBadCrc().withTruncated();

    static List<Samples.Cue> cues() {
        return Samples.cues().stream()
                .filter(cue -> THREEFIVE.containsKey(cue.id()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cues")
    void printsWhatThreefivePrints_keyForKey(Samples.Cue cue) {
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), AS_LENIENT_AS_THREEFIVE);
        Object printed = TestJson.parse(new ThreefiveJson().toJson(section));
        assertThat(printed).hasToString(THREEFIVE.get(cue.id()).toString());
        assertThat(printed).isEqualTo(THREEFIVE.get(cue.id()));
    }

    @Test
    void thereAre136Cues() {
        assertThat(cues()).hasSize(136);
    }

    @Test
    void printsWhatThreefiveDoesNotRead() {
        for (String id :
                List.of("syn-sched-prog", "syn-sched-comp", "syn-d-audio", "syn-insert-comp", "syn-enc-des-ecb")) {
            SpliceInfoSection section = SpliceInfoSection.decode(Samples.cue(id).bytes(), DecodeOptions.STRICT);
            assertThat(TestJson.parse(new ThreefiveJson().toJson(section))).isInstanceOf(Map.class);
        }
    }

    @Test
    void readsABrokenDescriptorAsThreefiveDoes_withoutACopyOfAllThatFollows() {
        Bytes loop = Bytes.of(new byte[4096]);
        assertThat(new ThreefiveLoop(loop, 0).window().length()).isLessThan(300);
        assertThat(new ThreefiveLoop(loop, 4096 - 10).window().length()).isEqualTo(4);
    }
}
