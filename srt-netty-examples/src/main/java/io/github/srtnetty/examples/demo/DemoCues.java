// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.demo;

import io.github.srtnetty.codec.scte35.BreakDuration;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.SpliceTime;
import io.github.srtnetty.codec.scte35.TimeSignal;

/** The cues of the demo's stream: out of the network, an advertisement segment, and return. */
final class DemoCues {
    private static final long BREAK_90K = 2 * 90_000;

    private DemoCues() {}

    /** Returns the section for a second of the stream, with this splice time. */
    static byte[] cue(long second, long pts90k) {
        long eventId = second / 4 + 1;
        boolean starts = second % 4 < 2;
        SpliceInfoSection section = second % 2 == 0
                ? SpliceInfoSection.builder(insert(eventId, starts, pts90k)).build()
                : SpliceInfoSection.builder(TimeSignal.at(pts90k))
                        .descriptor(segment(eventId, starts))
                        .build();
        return section.bytes().toArray();
    }

    private static SpliceCommand insert(long eventId, boolean out, long pts90k) {
        return new SpliceInsert.Event(
                eventId,
                out,
                true,
                new SpliceInsert.Program(SpliceTime.at(pts90k)),
                out ? new BreakDuration(true, BREAK_90K) : null,
                1,
                0,
                0);
    }

    private static SegmentationDescriptor segment(long eventId, boolean starts) {
        SegmentationType type =
                starts ? SegmentationType.PROVIDER_ADVERTISEMENT_START : SegmentationType.PROVIDER_ADVERTISEMENT_END;
        return SegmentationDescriptor.Event.builder(eventId, type)
                .duration(BREAK_90K)
                .build();
    }
}
