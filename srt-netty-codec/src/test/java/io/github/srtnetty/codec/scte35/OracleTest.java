// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cue against the decode of an independent program, field by field. */
public class OracleTest {
    private static final Map<String, Map<String, Object>> EXPECTED = Samples.decodes("expected");
    private static final DecodeOptions LENIENT =
            DecodeOptions.STRICT.withBadCrc().withTruncated();

    /** CRC good, but the syntax leads out of the section. */
    private static final Set<String> BROKEN = Set.of("tf-19", "syn-compcount-long", "syn-dll-long");
    /** Their section_length is wrong, so nothing behind it can be trusted, not even leniently. */
    private static final Set<String> UNREADABLE =
            Set.of("al-05", "rc-01", "syn-slen-short", "syn-trunc-2", "syn-trunc-13", "syn-trunc-16");

    public static List<Samples.Cue> goodCues() {
        return Samples.cues().stream()
                .filter(cue -> cue.crc().equals("ok") && !BROKEN.contains(cue.id()))
                .toList();
    }

    static List<Samples.Cue> badCues() {
        return Samples.cues().stream()
                .filter(cue -> !cue.crc().equals("ok") || BROKEN.contains(cue.id()))
                .toList();
    }

    @Test
    void thereAre184Cues() {
        assertThat(EXPECTED).hasSize(184);
        assertThat(goodCues().size() + badCues().size()).isEqualTo(184);
    }

    @ParameterizedTest
    @MethodSource("goodCues")
    void decodesWhatTheIndependentDecoderDecodes(Samples.Cue cue) {
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT);
        assertThat(OracleView.of(section)).isEqualTo(expected(cue));
    }

    @ParameterizedTest
    @MethodSource("goodCues")
    void encodesTheSameBytesAgain(Samples.Cue cue) {
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT);
        int size = 3 + section.sectionLength();
        assertThat(section.bytes()).isEqualTo(cue.bytes().slice(0, size));
        assertThat(SpliceInfoSection.fromBase64(section.toBase64())).isEqualTo(section);
        assertThat(SpliceInfoSection.fromHex(section.toHex())).isEqualTo(section);
    }

    @ParameterizedTest
    @MethodSource("goodCues")
    void buildsTheSameBytesFromTheValues_unlessTheyAreWrittenAgainstTheStandard(Samples.Cue cue) {
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT);
        SpliceInfoSection built = section.toBuilder().build();
        Set<Warning.Code> noise = Set.of(
                Warning.Code.BYTES_AFTER_SECTION,
                Warning.Code.ENCRYPTED,
                Warning.Code.COMMAND_TYPE,
                Warning.Code.UPID_MALFORMED,
                Warning.Code.DESCRIPTOR_MALFORMED,
                Warning.Code.PROTOCOL_VERSION);
        boolean clean = section.warnings().stream().allMatch(warning -> noise.contains(warning.code()));
        if (clean) {
            assertThat(built).isEqualTo(section);
        } else {
            assertThat(built.command()).isEqualTo(section.command());
            assertThat(built.descriptors()).isEqualTo(section.descriptors());
        }
    }

    @ParameterizedTest
    @MethodSource("badCues")
    void refusesWhatIsNoCueWithOneTypedFailure(Samples.Cue cue) {
        assertThatThrownBy(() -> SpliceInfoSection.decode(cue.bytes(), DecodeOptions.STRICT))
                .isInstanceOfSatisfying(MalformedDataException.class, failure -> {
                    assertThat(failure.field()).isNotEmpty();
                    assertThat(failure.expected()).isNotEmpty();
                    assertThat(failure.actual()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @MethodSource("badCues")
    void decodesBadAndTruncatedCuesToo_whenAskedTo(Samples.Cue cue) {
        if (BROKEN.contains(cue.id()) || UNREADABLE.contains(cue.id())) {
            assertThatThrownBy(() -> SpliceInfoSection.decode(cue.bytes(), LENIENT))
                    .isInstanceOf(MalformedDataException.class);
            return;
        }
        SpliceInfoSection section = SpliceInfoSection.decode(cue.bytes(), LENIENT);
        assertThat(section.has(Warning.Code.CRC_MISMATCH) || section.has(Warning.Code.TRUNCATED))
                .isTrue();
        Map<String, Object> expected = expected(cue);
        Map<String, Object> actual = OracleView.of(section);
        if (section.has(Warning.Code.TRUNCATED)) {
            expected.remove("stuff"); // there it counts the missing bytes
            actual.remove("stuff");
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static Map<String, Object> expected(Samples.Cue cue) {
        Map<String, Object> expected = new LinkedHashMap<>(EXPECTED.get(cue.id()));
        expected.keySet().removeAll(Set.of("len", "note", "crc_ok"));
        if (expected.get("descriptors") != null) {
            TestJson.array(expected.get("descriptors"))
                    .forEach(descriptor -> TestJson.object(descriptor).remove("error"));
        }
        return expected;
    }
}
