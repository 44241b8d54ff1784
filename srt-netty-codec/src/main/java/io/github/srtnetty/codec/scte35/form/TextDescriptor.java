// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import io.github.srtnetty.codec.scte35.UpidType;
import java.util.ArrayList;
import java.util.List;

/** The fields of a descriptor as rows. */
record TextDescriptor(TextRows rows) {
    void add(SpliceDescriptor descriptor) {
        if (descriptor instanceof SegmentationDescriptor segmentation) {
            rows.add(1, descriptor.name(), "");
            segmentation(segmentation);
        } else if (descriptor instanceof AudioDescriptor audio) {
            audio.components().forEach(this::audio);
        } else {
            rows.add(1, descriptor.name(), value(descriptor));
        }
    }

    private static String value(SpliceDescriptor descriptor) {
        if (descriptor instanceof AvailDescriptor avail) {
            return "provider_avail_id " + TextRows.id(avail.providerAvailId());
        } else if (descriptor instanceof DtmfDescriptor dtmf) {
            return "preroll " + dtmf.preroll() / 10.0 + " s, DTMF_char " + quoted(dtmf.dtmfChars());
        } else if (descriptor instanceof TimeDescriptor time) {
            return String.format("TAI %d.%09d s, UTC_offset %d s", time.taiSeconds(), time.taiNs(), time.utcOffset());
        } else if (descriptor instanceof DvbDasDescriptor das) {
            return "break " + das.breakNum() + " of " + das.breaksExpected() + ", equivalent_segmentation_type "
                    + das.equivalentSegmentationType() + ", upid " + TextRows.hex(das.upid());
        } else if (descriptor instanceof UnknownDescriptor unknown) {
            return String.format("tag 0x%02x, ", unknown.spliceDescriptorTag())
                    + TextRows.identifier(unknown.identifier()) + ", " + TextRows.hex(unknown.privateBytes());
        } else if (descriptor instanceof MalformedDescriptor malformed) {
            return String.format("tag 0x%02x, ", malformed.spliceDescriptorTag()) + TextRows.hex(malformed.content());
        }
        return "";
    }

    private void audio(AudioDescriptor.Component audio) {
        rows.add(
                1,
                "audio_descriptor",
                "component_tag " + audio.componentTag() + ", ISO_code " + quoted(audio.isoCode()) + ", Bit_Stream_Mode "
                        + audio.bitStreamMode() + ", Num_Channels " + audio.numChannels() + ", Full_Srvc_Audio "
                        + TextRows.flag(audio.fullSrvcAudio()));
    }

    private void segmentation(SegmentationDescriptor segmentation) {
        rows.add(2, "segmentation_event_id", TextRows.id(segmentation.segmentationEventId()));
        if (!(segmentation instanceof SegmentationDescriptor.Event event)) {
            rows.add(2, "segmentation_event_cancel_indicator", "1");
            return;
        }
        rows.add(2, "segmentation_type_id", type(event.segmentationTypeId()));
        event.segmentationDuration().ifPresent(ticks -> rows.add(2, "segmentation_duration", TextRows.seconds(ticks)));
        upid(event.upid());
        rows.add(2, "segment_num", event.segmentNum() + " of " + event.segmentsExpected());
        SegmentationDescriptor.SubSegments sub = event.subSegments();
        if (sub != null) {
            rows.add(2, "sub_segment_num", sub.subSegmentNum() + " of " + sub.subSegmentsExpected());
        }
        SegmentationDescriptor.DeliveryRestrictions restrictions = event.restrictions();
        if (restrictions != null) {
            rows.add(2, "delivery_not_restricted_flag", "0: " + restrictions(restrictions));
        }
        List<SegmentationDescriptor.Component> components = event.components();
        if (components != null) {
            components.forEach(component -> rows.add(
                    2, "component_tag", component.componentTag() + " + " + TextRows.seconds(component.ptsOffset())));
        }
    }

    private static String restrictions(SegmentationDescriptor.DeliveryRestrictions of) {
        List<String> limits = new ArrayList<>();
        limits.add("web_delivery_allowed_flag " + TextRows.flag(of.webDeliveryAllowedFlag()));
        limits.add("no_regional_blackout_flag " + TextRows.flag(of.noRegionalBlackoutFlag()));
        limits.add("archive_allowed_flag " + TextRows.flag(of.archiveAllowedFlag()));
        limits.add("device_restrictions " + of.deviceRestrictions());
        return String.join(", ", limits);
    }

    private static String type(int id) {
        SegmentationType type = SegmentationType.of(id);
        return String.format("0x%02x ", id) + (type == null ? "reserved" : type.title());
    }

    private void upid(SegmentationUpid upid) {
        if (upid instanceof SegmentationUpid.Mid mid) {
            mid.upids().forEach(this::upid);
        } else if (upid.type() != 0 || !upid.bytes().isEmpty()) {
            rows.add(2, "segmentation_upid", UpidType.of(upid.type()).label() + " " + text(upid));
        }
    }

    private static String text(SegmentationUpid upid) {
        if (upid instanceof SegmentationUpid.Mpu mpu) {
            return TextRows.identifier(mpu.formatIdentifier()) + ", " + TextRows.hex(mpu.privateData());
        } else if (upid instanceof SegmentationUpid.Atsc atsc) {
            return "TSID " + atsc.tsid() + ", end_of_day " + atsc.endOfDay() + ", unique_for " + atsc.uniqueFor()
                    + ", content_id " + TextRows.hex(atsc.contentId());
        } else if (upid instanceof SegmentationUpid.Plain plain) {
            boolean text = UpidType.of(plain.type()).isText();
            return text ? quoted(plain.text()) : plain.text();
        }
        return TextRows.hex(upid.bytes());
    }

    private static String quoted(String text) {
        return '"' + TextRows.printable(text) + '"';
    }
}
