// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * segmentation_descriptor(), SCTE 35 10.3.3: a segment that starts or ends at the time of the command.
 *
 * <pre>
 * segmentation_descriptor() {
 *   splice_descriptor_tag                          8   0x02
 *   descriptor_length                              8
 *   identifier                                    32   "CUEI"
 *   segmentation_event_id                         32
 *   segmentation_event_cancel_indicator            1
 *   segmentation_event_id_compliance_indicator     1
 *   reserved                                       6
 *   if (segmentation_event_cancel_indicator == 0) {
 *     program_segmentation_flag                    1
 *     segmentation_duration_flag                   1
 *     delivery_not_restricted_flag                 1
 *     if (delivery_not_restricted_flag == 0) {
 *       web_delivery_allowed_flag                  1
 *       no_regional_blackout_flag                  1
 *       archive_allowed_flag                       1
 *       device_restrictions                        2
 *     } else
 *       reserved                                   5
 *     if (program_segmentation_flag == 0) {
 *       component_count                            8
 *       for (i = 0; i &lt; component_count; i++) {
 *         component_tag                            8
 *         reserved                                 7
 *         pts_offset                              33
 *       }
 *     }
 *     if (segmentation_duration_flag == 1)
 *       segmentation_duration                     40
 *     segmentation_upid_type                       8
 *     segmentation_upid_length                     8
 *     segmentation_upid()
 *     segmentation_type_id                         8
 *     segment_num                                  8
 *     segments_expected                            8
 *     if (segmentation_type_id == 0x34 || ...) {
 *       sub_segment_num                            8
 *       sub_segments_expected                      8
 *     }
 *   }
 * }
 * </pre>
 */
public sealed interface SegmentationDescriptor extends SpliceDescriptor {
    /** splice_descriptor_tag. */
    int TAG = 0x02;

    /** Returns segmentation_event_id, unsigned 32 bits. */
    long segmentationEventId();

    /** Returns segmentation_event_id_compliance_indicator as coded; in 2022b this bit is reserved (1). */
    boolean segmentationEventIdComplianceIndicator();

    @Override
    default int spliceDescriptorTag() {
        return TAG;
    }

    @Override
    default String name() {
        return "segmentation_descriptor";
    }

    /** segmentation_event_cancel_indicator 1: the event is cancelled. */
    record Cancel(long segmentationEventId, boolean segmentationEventIdComplianceIndicator)
            implements SegmentationDescriptor {
        /** Checks the range. */
        public Cancel {
            Limits.bits("segmentation_event_id", segmentationEventId, 32);
        }

        @Override
        public void encodeBody(BitWriter writer) {
            writer.bits(segmentationEventId, 32, "segmentation_event_id")
                    .flag(true)
                    .flag(segmentationEventIdComplianceIndicator)
                    .reserved(6);
        }
    }

    /**
     * A segment starts or ends.
     *
     * @param restrictions null: delivery_not_restricted_flag 1
     * @param components null: program_segmentation_flag 1; otherwise at most 255 (deprecated by the standard)
     * @param segmentationDuration ticks of 90 kHz, 0 to 2^40-1; empty: segmentation_duration_flag 0
     * @param segmentationTypeId 0 to 255, see {@link SegmentationType}
     * @param segmentNum 0 to 255
     * @param segmentsExpected 0 to 255
     * @param subSegments null if they are not coded, which 2022b allows for every type
     */
    record Event(
            long segmentationEventId,
            boolean segmentationEventIdComplianceIndicator,
            @Nullable DeliveryRestrictions restrictions,
            @Nullable List<Component> components,
            OptionalLong segmentationDuration,
            SegmentationUpid upid,
            int segmentationTypeId,
            int segmentNum,
            int segmentsExpected,
            @Nullable SubSegments subSegments)
            implements SegmentationDescriptor {
        /** Checks the ranges. */
        public Event {
            components = components == null ? null : List.copyOf(components);
            Limits.bits("segmentation_event_id", segmentationEventId, 32);
            Limits.size("component_count", components == null ? 0 : components.size(), 255);
            segmentationDuration.ifPresent(ticks -> Limits.bits("segmentation_duration", ticks, 40));
            Limits.bits("segmentation_type_id", segmentationTypeId, 8);
            Limits.bits("segment_num", segmentNum, 8);
            Limits.bits("segments_expected", segmentsExpected, 8);
            if (subSegments != null && !SegmentationType.hasSubSegments(segmentationTypeId)) {
                throw new IllegalArgumentException("sub_segment_num: not with type " + segmentationTypeId);
            }
        }

        /**
         * Returns a builder of a program segment of {@code type} without restrictions, duration and UPID, as number 0
         * of 0.
         */
        public static SegmentationBuilder builder(long segmentationEventId, SegmentationType type) {
            return new SegmentationBuilder(segmentationEventId, type.id());
        }

        /** Returns a builder with the values of this descriptor. */
        public SegmentationBuilder toBuilder() {
            return new SegmentationBuilder(this);
        }

        @Override
        public void encodeBody(BitWriter writer) {
            writer.bits(segmentationEventId, 32, "segmentation_event_id")
                    .flag(false)
                    .flag(segmentationEventIdComplianceIndicator)
                    .reserved(6);
            writer.flag(components == null).flag(segmentationDuration.isPresent());
            DeliveryRestrictions.encode(restrictions, writer);
            if (components != null) {
                writer.bits(components.size(), 8, "component_count");
                components.forEach(component -> component.encode(writer));
            }
            segmentationDuration.ifPresent(ticks -> writer.bits(ticks, 40, "segmentation_duration"));
            upid.encode(writer);
            writer.bits(segmentationTypeId, 8, "segmentation_type_id")
                    .bits(segmentNum, 8, "segment_num")
                    .bits(segmentsExpected, 8, "segments_expected");
            if (subSegments != null) {
                writer.bits(subSegments.subSegmentNum, 8, "sub_segment_num")
                        .bits(subSegments.subSegmentsExpected, 8, "sub_segments_expected");
            }
        }
    }

    /**
     * delivery_not_restricted_flag 0 (SCTE 35 10.3.3.1).
     *
     * @param deviceRestrictions Table 21: 0 to 2 the restricted group, 3 none
     */
    record DeliveryRestrictions(
            boolean webDeliveryAllowedFlag,
            boolean noRegionalBlackoutFlag,
            boolean archiveAllowedFlag,
            int deviceRestrictions) {
        /** Checks the range. */
        public DeliveryRestrictions {
            Limits.bits("device_restrictions", deviceRestrictions, 2);
        }

        static @Nullable DeliveryRestrictions decode(BitReader reader) {
            if (reader.flag("delivery_not_restricted_flag")) {
                reader.reserved(5);
                return null;
            }
            boolean web = reader.flag("web_delivery_allowed_flag");
            boolean noBlackout = reader.flag("no_regional_blackout_flag");
            boolean archive = reader.flag("archive_allowed_flag");
            return new DeliveryRestrictions(web, noBlackout, archive, reader.uint(2, "device_restrictions"));
        }

        static void encode(@Nullable DeliveryRestrictions restrictions, BitWriter writer) {
            writer.flag(restrictions == null);
            if (restrictions == null) {
                writer.reserved(5);
                return;
            }
            writer.flag(restrictions.webDeliveryAllowedFlag)
                    .flag(restrictions.noRegionalBlackoutFlag)
                    .flag(restrictions.archiveAllowedFlag)
                    .bits(restrictions.deviceRestrictions, 2, "device_restrictions");
        }
    }

    /**
     * An elementary stream, identified by the component_tag of its stream_identifier_descriptor.
     *
     * @param componentTag 0 to 255
     * @param ptsOffset added to the time of the command, ticks of 90 kHz, 0 to 2^33-1
     */
    record Component(int componentTag, long ptsOffset) {
        /** Checks the ranges. */
        public Component {
            Limits.bits("component_tag", componentTag, 8);
            Limits.bits("pts_offset", ptsOffset, 33);
        }

        void encode(BitWriter writer) {
            writer.bits(componentTag, 8, "component_tag").reserved(7).bits(ptsOffset, 33, "pts_offset");
        }
    }

    /** sub_segment_num and sub_segments_expected, 0 to 255 each. */
    record SubSegments(int subSegmentNum, int subSegmentsExpected) {
        /** Checks the ranges. */
        public SubSegments {
            Limits.bits("sub_segment_num", subSegmentNum, 8);
            Limits.bits("sub_segments_expected", subSegmentsExpected, 8);
        }
    }

    /**
     * Reads the fields after the identifier.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the bytes end inside the descriptor
     */
    static SegmentationDescriptor decode(BitReader reader, List<Warning> warnings) {
        long id = reader.bits(32, "segmentation_event_id");
        boolean cancel = reader.flag("segmentation_event_cancel_indicator");
        boolean compliance = reader.flag("segmentation_event_id_compliance_indicator");
        reader.reserved(6);
        return cancel ? new Cancel(id, compliance) : decodeEvent(id, compliance, reader, warnings);
    }

    private static Event decodeEvent(long id, boolean compliance, BitReader reader, List<Warning> warnings) {
        boolean program = reader.flag("program_segmentation_flag");
        boolean hasDuration = reader.flag("segmentation_duration_flag");
        DeliveryRestrictions restrictions = DeliveryRestrictions.decode(reader);
        List<Component> components = program ? null : decodeComponents(reader);
        OptionalLong duration =
                hasDuration ? OptionalLong.of(reader.bits(40, "segmentation_duration")) : OptionalLong.empty();
        SegmentationUpid upid = SegmentationUpid.decode(reader, warnings);
        int type = reader.uint(8, "segmentation_type_id");
        int num = reader.uint(8, "segment_num");
        int expected = reader.uint(8, "segments_expected");
        SubSegments sub = null;
        if (SegmentationType.hasSubSegments(type) && reader.remainingBytes() >= 2) {
            sub = new SubSegments(reader.uint(8, "sub_segment_num"), reader.uint(8, "sub_segments_expected"));
        }
        return new Event(id, compliance, restrictions, components, duration, upid, type, num, expected, sub);
    }

    private static List<Component> decodeComponents(BitReader reader) {
        int count = reader.uint(8, "component_count");
        List<Component> components = new ArrayList<>(Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            int tag = reader.uint(8, "component_tag");
            reader.reserved(7);
            components.add(new Component(tag, reader.bits(33, "pts_offset")));
        }
        return components;
    }
}
