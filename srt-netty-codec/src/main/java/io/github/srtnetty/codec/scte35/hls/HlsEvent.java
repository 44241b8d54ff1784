// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.TimeSignal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The meaning of a cue for a playlist (RFC 8216 4.3.2.7.1).
 *
 * @param key identifies the event: an OUT and its IN have the same key
 * @param duration ticks of 90 kHz; empty if none is announced
 */
record HlsEvent(Kind kind, String key, OptionalLong duration) {
    /** The attribute that carries the cue. */
    enum Kind {
        OUT,
        IN,
        CMD
    }

    private static final int CLOSES = 1;

    /** Returns the events of a cue, at least one: a time_signal has one for each segmentation_descriptor. */
    static List<HlsEvent> of(SpliceInfoSection cue) {
        if (cue.command() instanceof SpliceInsert insert) {
            return List.of(of(insert));
        }
        Map<String, HlsEvent> events = new LinkedHashMap<>();
        if (cue.command() instanceof TimeSignal) {
            for (SpliceDescriptor descriptor : cue.descriptors()) {
                if (descriptor instanceof SegmentationDescriptor segmentation) {
                    HlsEvent event = of(segmentation);
                    events.putIfAbsent(event.kind + event.key, event);
                }
            }
        }
        if (events.isEmpty()) {
            return List.of(new HlsEvent(Kind.CMD, cue.command().name(), OptionalLong.empty()));
        }
        return List.copyOf(events.values());
    }

    private static HlsEvent of(SpliceInsert insert) {
        String key = "splice-" + insert.spliceEventId();
        if (!(insert instanceof SpliceInsert.Event event)) {
            return new HlsEvent(Kind.CMD, key + "-cancel", OptionalLong.empty());
        }
        OptionalLong duration = event.breakDuration() == null
                ? OptionalLong.empty()
                : OptionalLong.of(event.breakDuration().duration());
        return event.outOfNetworkIndicator()
                ? new HlsEvent(Kind.OUT, key, duration)
                : new HlsEvent(Kind.IN, key, OptionalLong.empty());
    }

    private static HlsEvent of(SegmentationDescriptor segmentation) {
        String key = "segmentation-" + segmentation.segmentationEventId();
        if (!(segmentation instanceof SegmentationDescriptor.Event event)) {
            return new HlsEvent(Kind.CMD, key + "-cancel", OptionalLong.empty());
        }
        int type = event.segmentationTypeId();
        if (opensBreak(type)) {
            return new HlsEvent(Kind.OUT, String.format("%s-0x%02x", key, type), event.segmentationDuration());
        } else if (opensBreak(type - CLOSES)) {
            return new HlsEvent(Kind.IN, String.format("%s-0x%02x", key, type - CLOSES), OptionalLong.empty());
        }
        return new HlsEvent(Kind.CMD, String.format("%s-0x%02x", key, type), event.segmentationDuration());
    }

    // Break, advertisements, placement opportunities and ad blocks: the types that packagers turn into CUE-OUT.
    private static boolean opensBreak(int segmentationTypeId) {
        return switch (segmentationTypeId) {
            case 0x22, 0x30, 0x32, 0x34, 0x36, 0x44, 0x46 -> true;
            default -> false;
        };
    }
}
