// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeSignal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tags of a stream's cues. */
class HlsWriteTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long SECOND = 90_000;
    private static final String CLASS = "\",CLASS=\"urn:scte:scte35:2013:bin\",START-DATE=\"2026-01-01T12:00:";

    private final HlsForm form = new HlsForm().withClock(Clock.fixed(NOON, ZoneOffset.UTC));
    private final HlsTagWriter writer = form.newWriter();

    @Test
    void anInHasIdAndStartOfItsOut_andTheDurationBetween() {
        SpliceInfoSection out = insert(7, true, 100, 30);
        SpliceInfoSection in = insert(7, false, 129, 0);
        assertThat(writer.write(cue(out, 96, 0)))
                .isEqualTo("#EXT-X-DATERANGE:ID=\"splice-7" + CLASS + "04.000Z\",PLANNED-DURATION=30.000,SCTE35-OUT="
                        + hex(out) + "\n");
        assertThat(writer.write(cue(in, 127, 31)))
                .isEqualTo("#EXT-X-DATERANGE:ID=\"splice-7" + CLASS + "04.000Z\",END-DATE=\"2026-01-01T12:00:33.000Z\","
                        + "DURATION=29.000,SCTE35-IN=" + hex(in) + "\n");
    }

    @Test
    void aRepeatedCueKeepsIdAndStart_andAnIdThatIsUsedAgainGetsANumber() {
        String first = writer.write(cue(insert(7, true, 100, 30), 96, 0));
        assertThat(writer.write(cue(insert(7, true, 100, 30), 98, 2))).isEqualTo(first);
        String end = writer.write(cue(insert(7, false, 130, 0), 127, 31));
        assertThat(writer.write(cue(insert(7, false, 130, 0), 128, 32))).isEqualTo(end);
        assertThat(writer.write(cue(insert(7, true, 200, 30), 200, 50)))
                .contains("ID=\"splice-7-2\"", "START-DATE=\"2026-01-01T12:00:50.000Z\"");
        assertThat(writer.write(cue(insert(7, false, 205, 0), 205, 55)))
                .contains("ID=\"splice-7-2\"", "DURATION=5.000");
    }

    @Test
    void anInWithoutAnOut_isARangeOfItsOwn() {
        assertThat(writer.write(cue(insert(7, false, 100, 0), 96, 0)))
                .contains("ID=\"splice-7\"")
                .contains(
                        "START-DATE=\"2026-01-01T12:00:04.000Z\",END-DATE=\"2026-01-01T12:00:04.000Z\",DURATION=0.000");
    }

    @Test
    void eachSegmentHasATag_withTheWholeCue() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(100 * SECOND))
                .descriptor(segment(1, SegmentationType.PROVIDER_ADVERTISEMENT_END))
                .descriptor(segment(2, SegmentationType.PROVIDER_ADVERTISEMENT_START))
                .descriptor(segment(3, SegmentationType.PROGRAM_START))
                .build();
        assertThat(writer.write(cue(cue, 96, 0)).lines())
                .satisfiesExactly(
                        end -> assertThat(end).contains("ID=\"segmentation-1-0x30\"", "SCTE35-IN=" + hex(cue)),
                        start -> assertThat(start)
                                .contains("ID=\"segmentation-2-0x30\"", "PLANNED-DURATION=15.000", "SCTE35-OUT="),
                        program ->
                                assertThat(program).contains("ID=\"segmentation-3-0x10\"", "SCTE35-CMD=" + hex(cue)));
        assertThat(form.read(form.write(cue))).containsExactly(cue);
    }

    @Test
    void otherCommands_areCommands_eachWithAnIdOfItsOwn() {
        SpliceInfoSection heartbeat =
                SpliceInfoSection.builder(SpliceNull.INSTANCE).build();
        assertThat(writer.write(heartbeat)).contains("ID=\"splice_null\"", CLASS + "00.000Z\",SCTE35-CMD=");
        assertThat(writer.write(heartbeat)).contains("ID=\"splice_null-2\"");
        assertThat(writer.write(section(new SpliceInsert.Cancel(9)))).contains("ID=\"splice-9-cancel\"", "SCTE35-CMD=");
    }

    @Test
    void writesTheTagsOfOtherPackagers() {
        HlsTagWriter tags =
                form.withTags(EnumSet.of(HlsTag.OATCLS, HlsTag.SCTE35)).newWriter();
        SpliceInfoSection out = insert(7, true, 100, 30);
        SpliceInfoSection in = insert(7, false, 130, 0);
        SpliceInfoSection open = insert(8, true, 200, 0);
        assertThat(tags.write(out))
                .isEqualTo("#EXT-OATCLS-SCTE35:" + out.toBase64() + "\n#EXT-X-CUE-OUT:30.000\n#EXT-X-SCTE35:CUE=\""
                        + out.toBase64() + "\",CUE-OUT=YES\n");
        assertThat(tags.write(in))
                .isEqualTo("#EXT-OATCLS-SCTE35:" + in.toBase64() + "\n#EXT-X-CUE-IN\n#EXT-X-SCTE35:CUE=\""
                        + in.toBase64() + "\",CUE-IN=YES\n");
        assertThat(tags.write(open)).contains("\n#EXT-X-CUE-OUT\n");
        assertThatThrownBy(() -> form.withTags(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theClassCanBeChosen_butNotWithQuotes() {
        byte[] written = form.withDateRangeClass("ads").write(insert(7, true, 100, 30));
        assertThat(new String(written, StandardCharsets.UTF_8)).contains(",CLASS=\"ads\",");
        assertThatThrownBy(() -> form.withDateRangeClass("a\"b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void remembersTheLastThousandEventsOnly() {
        writer.write(cue(insert(0, true, 100, 30), 96, 0));
        for (int id = 1; id <= 1024; id++) {
            writer.write(cue(insert(id, true, 100, 30), 96, 0));
        }
        assertThat(writer.write(cue(insert(0, false, 130, 0), 127, 31))).contains("DURATION=0.000");
        assertThat(writer.write(cue(insert(1024, false, 130, 0), 126, 30))).contains("DURATION=30.000");
    }

    private static SegmentationDescriptor segment(int id, SegmentationType type) {
        return SegmentationDescriptor.Event.builder(id, type)
                .duration(15 * SECOND)
                .build();
    }

    private static SpliceInfoSection section(SpliceInsert insert) {
        return SpliceInfoSection.builder(insert).build();
    }

    private static SpliceInfoSection insert(int id, boolean out, long atSecond, long seconds) {
        var insert = SpliceInsert.builder(id).at(atSecond * SECOND);
        if (seconds > 0) {
            insert.autoReturnAfter(seconds * SECOND);
        }
        return section((out ? insert : insert.returnToNetwork()).build());
    }

    private static Scte35Cue cue(SpliceInfoSection section, long atSecond, long arrivalSecond) {
        return new Scte35Cue(
                section,
                0x102,
                1,
                true,
                0,
                NOON.plusSeconds(arrivalSecond),
                OptionalLong.of(atSecond * SECOND),
                OptionalLong.empty(),
                0);
    }

    private static String hex(SpliceInfoSection cue) {
        return "0x" + cue.bytes().hex().toUpperCase(Locale.ROOT);
    }
}
