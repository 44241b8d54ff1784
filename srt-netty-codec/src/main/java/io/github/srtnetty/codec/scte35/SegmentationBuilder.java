// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SegmentationDescriptor.Event}. {@link #build} checks the ranges. */
public final class SegmentationBuilder {
    private long eventId;
    private boolean compliance = true;
    private SegmentationDescriptor.@Nullable DeliveryRestrictions restrictions;
    private @Nullable List<SegmentationDescriptor.Component> components;
    private OptionalLong duration = OptionalLong.empty();
    private SegmentationUpid upid = SegmentationUpid.NONE;
    private int typeId;
    private int segmentNum;
    private int segmentsExpected;
    private SegmentationDescriptor.@Nullable SubSegments subSegments;

    SegmentationBuilder(long eventId, int typeId) {
        this.eventId = eventId;
        this.typeId = typeId;
    }

    SegmentationBuilder(SegmentationDescriptor.Event event) {
        eventId = event.segmentationEventId();
        compliance = event.segmentationEventIdComplianceIndicator();
        restrictions = event.restrictions();
        components = event.components();
        duration = event.segmentationDuration();
        upid = event.upid();
        typeId = event.segmentationTypeId();
        segmentNum = event.segmentNum();
        segmentsExpected = event.segmentsExpected();
        subSegments = event.subSegments();
    }

    /** Sets segmentation_event_id, unsigned 32 bits. */
    public SegmentationBuilder eventId(long value) {
        eventId = value;
        return this;
    }

    /** Sets segmentation_event_id_compliance_indicator; default true. */
    public SegmentationBuilder complianceIndicator(boolean value) {
        compliance = value;
        return this;
    }

    /** Sets segmentation_type_id, 0 to 255. */
    public SegmentationBuilder typeId(int value) {
        typeId = value;
        return this;
    }

    /** Sets the delivery restrictions; null: not restricted. */
    public SegmentationBuilder restrictions(SegmentationDescriptor.@Nullable DeliveryRestrictions value) {
        restrictions = value;
        return this;
    }

    /** Sets component mode; null: the whole program. */
    public SegmentationBuilder components(@Nullable List<SegmentationDescriptor.Component> value) {
        components = value;
        return this;
    }

    /** Sets segmentation_duration, ticks of 90 kHz, 0 to 2^40-1. */
    public SegmentationBuilder duration(long ticks) {
        duration = OptionalLong.of(ticks);
        return this;
    }

    /** Removes the duration. */
    public SegmentationBuilder withoutDuration() {
        duration = OptionalLong.empty();
        return this;
    }

    /** Sets the UPID. */
    public SegmentationBuilder upid(SegmentationUpid value) {
        upid = value;
        return this;
    }

    /** Sets segment_num and segments_expected, 0 to 255 each. */
    public SegmentationBuilder segment(int num, int expected) {
        segmentNum = num;
        segmentsExpected = expected;
        return this;
    }

    /** Sets sub_segment_num and sub_segments_expected, 0 to 255 each. */
    public SegmentationBuilder subSegment(int num, int expected) {
        subSegments = new SegmentationDescriptor.SubSegments(num, expected);
        return this;
    }

    /**
     * Returns the descriptor.
     *
     * @throws IllegalArgumentException that names the field, when a value is out of its range
     */
    public SegmentationDescriptor.Event build() {
        return new SegmentationDescriptor.Event(
                eventId,
                compliance,
                restrictions,
                components,
                duration,
                upid,
                typeId,
                segmentNum,
                segmentsExpected,
                subSegments);
    }
}
