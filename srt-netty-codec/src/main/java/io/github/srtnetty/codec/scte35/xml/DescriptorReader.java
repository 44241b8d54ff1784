// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads descriptors from their elements. */
final class DescriptorReader {
    /** Characters of a DTMF_descriptor, SCTE 35 10.3.2.1. */
    static final String DTMF_CHARS = "[0-9*#]{1,7}";

    /** splice_descriptor_tag by element, SCTE 35 Table 16. */
    static final Map<String, Integer> TAGS = Map.of(
            "AvailDescriptor", AvailDescriptor.TAG,
            "DTMFDescriptor", DtmfDescriptor.TAG,
            "SegmentationDescriptor", SegmentationDescriptor.TAG,
            "TimeDescriptor", TimeDescriptor.TAG,
            "AudioDescriptor", AudioDescriptor.TAG);

    /** The element of a private descriptor. */
    static final String PRIVATE = "PrivateDescriptor";

    private static final String SUB_NUMBER = "subSegmentNum";
    private static final String SUB_EXPECTED = "subSegmentsExpected";
    private static final String COMPLIANCE = "segmentationEventIdComplianceIndicator";

    private DescriptorReader() {}

    /** Reads an element whose name is one of {@link #TAGS} or {@link #PRIVATE}. */
    static SpliceDescriptor read(XmlElement element) {
        try {
            SpliceDescriptor descriptor = switch (element.name()) {
                case "AvailDescriptor" -> new AvailDescriptor(element.number("providerAvailId", 32));
                case "DTMFDescriptor" -> dtmf(element);
                case "SegmentationDescriptor" -> segmentation(element);
                case "TimeDescriptor" -> time(element);
                case "AudioDescriptor" -> audio(element);
                default -> other(element);
            };
            element.finish();
            return descriptor;
        } catch (IllegalArgumentException e) {
            throw element.unfit(e);
        }
    }

    private static DtmfDescriptor dtmf(XmlElement element) {
        String chars = element.attribute("chars");
        if (chars != null && !chars.matches(DTMF_CHARS)) {
            throw element.unexpected("chars", "1 to 7 digits, * or #", chars);
        }
        return new DtmfDescriptor((int) element.number("preroll", 8, 0), chars == null ? "" : chars);
    }

    private static TimeDescriptor time(XmlElement element) {
        return new TimeDescriptor(
                element.number("taiSeconds", 48), element.number("taiNs", 32), (int) element.number("utcOffset", 16));
    }

    private static AudioDescriptor audio(XmlElement element) {
        List<AudioDescriptor.Component> components = new ArrayList<>();
        for (XmlElement channel : element.children("AudioChannel")) {
            String code = channel.attribute("ISOCode");
            if (code == null || !code.matches("[\\x21-\\x7E]{3}")) {
                throw channel.unexpected("ISOCode", "three letters", code == null ? "nothing" : code);
            }
            components.add(new AudioDescriptor.Component(
                    (int) channel.number("componentTag", 8, 0xFF),
                    code,
                    (int) channel.number("BitStreamMode", 3),
                    (int) channel.number("NumChannels", 4),
                    channel.flag("FullSrvcAudio")));
            channel.finish();
        }
        if (components.isEmpty()) {
            throw element.wrong("1 to 15 AudioChannel", "none");
        }
        return new AudioDescriptor(components);
    }

    /** Reads a private descriptor; scte35-go names its tag {@code tag}. */
    private static UnknownDescriptor other(XmlElement element) {
        String tag = element.has("descriptorTag") || !element.has("tag") ? "descriptorTag" : "tag";
        return new UnknownDescriptor(
                (int) element.number(tag, 8), element.number("identifier", 32), CommandReader.privateBytes(element));
    }

    private static SpliceDescriptor segmentation(XmlElement element) {
        long id = element.number("segmentationEventId", 32);
        boolean compliance = compliance(element);
        if (element.flag("segmentationEventCancelIndicator", false)) {
            element.onlyNothing("segmentationDuration", "segmentationTypeId", "segmentNum", "segmentsExpected");
            element.onlyNothing(SUB_NUMBER, SUB_EXPECTED);
            return new SegmentationDescriptor.Cancel(id, compliance);
        }
        OptionalLong duration = element.has("segmentationDuration")
                ? OptionalLong.of(element.number("segmentationDuration", 40))
                : OptionalLong.empty();
        List<XmlElement> upids = element.children(UpidNodes.ELEMENT);
        XmlElement holder = holder(element, upids);
        int type = (int) holder.number("segmentationTypeId", 8);
        int num = (int) holder.number("segmentNum", 8, 0);
        int expected = (int) holder.number("segmentsExpected", 8, 0);
        SegmentationUpid upid = UpidReader.read(upids);
        return withUndefinedFields(
                element,
                new SegmentationDescriptor.Event(
                        id,
                        compliance,
                        restrictions(element),
                        components(element),
                        duration,
                        upid,
                        type,
                        num,
                        expected,
                        subSegments(element, type)));
    }

    /** Returns the element with segmentationTypeId; AWS Elemental puts it and the numbers into the UPID. */
    private static XmlElement holder(XmlElement element, List<XmlElement> upids) {
        boolean inUpid = !element.has("segmentationTypeId")
                && upids.size() == 1
                && upids.get(0).has("segmentationTypeId");
        return inUpid ? upids.get(0) : element;
    }

    private static boolean compliance(XmlElement element) {
        boolean named = element.flag(COMPLIANCE, true);
        boolean asInSchema = element.flag(DescriptorNodes.COMPLIANCE_IN_SCHEMA, named);
        if (element.has(COMPLIANCE) && named != asInSchema) {
            throw element.unexpected(COMPLIANCE, asInSchema + " as by the other spelling", "" + named);
        }
        return asInSchema;
    }

    private static SegmentationDescriptor.@Nullable SubSegments subSegments(XmlElement element, int type) {
        if (!SegmentationType.hasSubSegments(type) || !(element.has(SUB_NUMBER) || element.has(SUB_EXPECTED))) {
            return null;
        }
        return new SegmentationDescriptor.SubSegments(
                (int) element.number(SUB_NUMBER, 8, 0), (int) element.number(SUB_EXPECTED, 8, 0));
    }

    /**
     * Returns the descriptor with sub_segment_num and sub_segments_expected after it, for a type that does not define
     * them, because some documents have them. Zeros are not coded, because other programs write them with every type.
     */
    private static SpliceDescriptor withUndefinedFields(XmlElement element, SegmentationDescriptor.Event event) {
        int number = (int) element.number(SUB_NUMBER, 8, 0);
        int expected = (int) element.number(SUB_EXPECTED, 8, 0);
        if (SegmentationType.hasSubSegments(event.segmentationTypeId()) || number == 0 && expected == 0) {
            return event;
        }
        BitWriter body = new BitWriter(64);
        event.encodeBody(body);
        body.bits(number, 8, SUB_NUMBER).bits(expected, 8, SUB_EXPECTED);
        return new UnknownDescriptor(SegmentationDescriptor.TAG, event.identifier(), body.toBytes());
    }

    private static SegmentationDescriptor.@Nullable DeliveryRestrictions restrictions(XmlElement element) {
        XmlElement child = element.child("DeliveryRestrictions");
        if (child == null) {
            return null;
        }
        SegmentationDescriptor.DeliveryRestrictions restrictions = new SegmentationDescriptor.DeliveryRestrictions(
                child.flag("webDeliveryAllowedFlag"),
                child.flag("noRegionalBlackoutFlag"),
                child.flag("archiveAllowedFlag"),
                (int) child.number("deviceRestrictions", 2));
        child.finish();
        return restrictions;
    }

    /** Reads the components; null if there are none, which is program_segmentation_flag 1. */
    private static @Nullable List<SegmentationDescriptor.Component> components(XmlElement element) {
        List<SegmentationDescriptor.Component> components = new ArrayList<>();
        for (XmlElement child : element.children("Component")) {
            components.add(new SegmentationDescriptor.Component(
                    (int) child.number("componentTag", 8), child.number("ptsOffset", 33)));
            child.finish();
        }
        return components.isEmpty() ? null : components;
    }
}
