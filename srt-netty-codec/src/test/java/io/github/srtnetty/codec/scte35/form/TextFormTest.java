// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.GeneratedCues;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UpidType;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Cues for a person at a terminal. */
class TextFormTest {
    private final TextForm form = new TextForm();

    @Test
    void alignsNamesAndValues() {
        SpliceInfoSection cue = SpliceInfoSection.builder(SpliceInsert.builder(1)
                        .at(321_736)
                        .autoReturnAfter(180_000)
                        .build())
                .build();
        Scte35Cue found =
                new Scte35Cue(cue, 0x102, 1, true, 0, Instant.EPOCH, OptionalLong.of(138_676), OptionalLong.empty(), 0);
        assertThat(form.write(found)).isEqualTo("""
                        splice_insert               at 3.575 s, 2034 ms ahead, PID 0x102, program 1
                          splice_event_id           1 (0x00000001)
                          out_of_network_indicator  1, out of the network
                          break_duration            2.000 s, auto_return
                          unique_program_id         0
                        """);
    }

    @Test
    void namesTypesOfSegmentsAndUpids_andEscapesTheirText() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(900_000))
                .tier(1)
                .descriptor(SegmentationDescriptor.Event.builder(7, SegmentationType.PROVIDER_AD_BLOCK_START)
                        .duration(30 * 90_000)
                        .upid(SegmentationUpid.ofText(UpidType.URI, "urn:\u001b[31m\r\n\u0085"))
                        .segment(1, 2)
                        .build())
                .build();
        assertThat(form.write(cue)).isEqualTo("""
                        time_signal                at 10.000 s
                          tier                     0x001
                          segmentation_descriptor
                            segmentation_event_id  7 (0x00000007)
                            segmentation_type_id   0x44 Provider Ad Block Start
                            segmentation_duration  30.000 s
                            segmentation_upid      URI "urn:\\x1b[31m\\x0d\\x0a\\x85"
                            segment_num            1 of 2
                        """);
    }

    @Test
    void writesOnlyPrintableLines_ofEveryCue() {
        GeneratedCues.ofSamples(this::assertPrintable);
        GeneratedCues.mutated(3_000, 35, this::assertPrintable);
        GeneratedCues.random(3_000, 104, this::assertPrintable);
    }

    private void assertPrintable(SpliceInfoSection cue, String name) {
        String text = form.write(cue);
        assertThat(text).as(name).startsWith(cue.command().name()).endsWith("\n");
        assertThat(text.codePoints()
                        .allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F || c > 0xA0 && c != 0xAD && c <= 0xFF))
                .as("%s: %s", name, text)
                .isTrue();
    }
}
