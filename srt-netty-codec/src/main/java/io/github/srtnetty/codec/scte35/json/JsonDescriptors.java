// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import io.github.srtnetty.codec.scte35.UpidType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the fields of descriptors in their order. */
final class JsonDescriptors {
    static final String SEGMENTATION = "Segmentation Descriptor";

    private final JsonFields fields;
    private final JsonGenerator out;
    private final JsonForm form;

    JsonDescriptors(JsonFields fields, JsonForm form) {
        this.fields = fields;
        this.out = fields.out();
        this.form = form;
    }

    void write(SpliceInfoSection section) throws IOException {
        Bytes loop = section.descriptorLoop();
        int offset = 0;
        for (SpliceDescriptor descriptor : section.descriptors()) {
            int length = loop.at(offset + 1);
            out.writeStartObject();
            form.writeDescriptor(descriptor, loop, offset, this);
            out.writeEndObject();
            offset += 2 + length;
        }
    }

    /** Writes the values of the descriptor; {@code length} is its descriptor_length. */
    void write(SpliceDescriptor descriptor, int length) throws IOException {
        if (descriptor instanceof AvailDescriptor avail) {
            avail(avail.spliceDescriptorTag(), latin1(avail.identifier()), length, avail.providerAvailId());
        } else if (descriptor instanceof DtmfDescriptor dtmf) {
            dtmf(dtmf, length);
        } else if (descriptor instanceof TimeDescriptor time) {
            head(descriptor, "Time Descriptor", length);
            fields.number("tai_seconds", time.taiSeconds());
            fields.number("tai_ns", time.taiNs());
            fields.number("utc_offset", time.utcOffset());
        } else if (descriptor instanceof AudioDescriptor audio) {
            audio(audio, length);
        } else if (descriptor instanceof DvbDasDescriptor das) {
            dvbDas(das, "DVB DAS Descriptor", length);
        } else if (descriptor instanceof SegmentationDescriptor.Cancel cancel) {
            head(descriptor, SEGMENTATION, length);
            segmentationHead(cancel, true);
        } else if (descriptor instanceof SegmentationDescriptor.Event event) {
            segmentation(event, length, event.subSegments());
        } else {
            head(descriptor, "", length);
        }
    }

    /** Returns whether {@link #write} does not know the fields of the descriptor. */
    static boolean isOther(SpliceDescriptor descriptor) {
        return descriptor instanceof UnknownDescriptor || descriptor instanceof MalformedDescriptor;
    }

    /** Writes the bytes after descriptor_length if the other keys do not determine them. */
    void bytesOf(SpliceDescriptor descriptor, Bytes loop, int offset) throws IOException {
        Bytes coded = loop.slice(offset + 2, loop.at(offset + 1));
        if (isOther(descriptor) || !ExactBytes.areGivenBy(descriptor, coded)) {
            fields.text(ExactBytes.OF_DESCRIPTOR, coded.hex());
        }
    }

    void avail(int tag, String identifier, int length, long providerAvailId) throws IOException {
        head(tag, identifier, "Avail Descriptor", length);
        fields.number("provider_avail_id", providerAvailId);
    }

    void segmentation(SegmentationDescriptor.Event event, int length, SegmentationDescriptor.@Nullable SubSegments sub)
            throws IOException {
        head(event, SEGMENTATION, length);
        segmentationBody(event, event.upid().bytes().length(), sub);
    }

    private void head(SpliceDescriptor descriptor, String name, int length) throws IOException {
        head(descriptor.spliceDescriptorTag(), latin1(descriptor.identifier()), name, length);
    }

    void head(int tag, String identifier, String name, int length) throws IOException {
        fields.number("tag", tag);
        fields.text("identifier", identifier);
        if (!name.isEmpty()) {
            fields.text("name", name);
        }
        fields.number("descriptor_length", length);
    }

    private static String latin1(long identifier) {
        byte[] octets = ByteBuffer.allocate(4).putInt((int) identifier).array();
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private void dtmf(DtmfDescriptor dtmf, int length) throws IOException {
        head(dtmf, "DTMF Descriptor", length);
        fields.number("preroll", dtmf.preroll());
        fields.number("dtmf_count", dtmf.dtmfChars().length());
        if (!dtmf.dtmfChars().isEmpty()) {
            out.writeArrayFieldStart("dtmf_chars");
            for (char c : dtmf.dtmfChars().toCharArray()) {
                out.writeString(String.valueOf(c));
            }
            out.writeEndArray();
        }
    }

    private void audio(AudioDescriptor audio, int length) throws IOException {
        head(audio, "Audio Descriptor", length);
        fields.number("audio_count", audio.components().size());
        out.writeArrayFieldStart("components");
        for (AudioDescriptor.Component component : audio.components()) {
            out.writeStartObject();
            fields.number("component_tag", component.componentTag());
            fields.text("iso_code", component.isoCode());
            fields.number("bit_stream_mode", component.bitStreamMode());
            fields.number("num_channels", component.numChannels());
            fields.flag("full_srvc_audio", component.fullSrvcAudio());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    void dvbDas(DvbDasDescriptor das, String name, int length) throws IOException {
        head(das, name, length);
        fields.number("break_num", das.breakNum());
        fields.number("breaks_expected", das.breaksExpected());
        fields.number("equivalent_segmentation_type", das.equivalentSegmentationType());
        fields.number("upid_type", UpidType.URI.id());
        fields.text("upid_type_name", "URI");
        fields.number("upid_length", das.upid().length());
        fields.text("upid", JsonFields.ascii(das.upid()));
        if (fields.withBytes()) {
            fields.number("reserved", das.reserved());
            if (!JsonFields.isAscii(das.upid())) {
                fields.text("upid_bytes", das.upid().hex());
            }
        }
    }

    private void segmentationHead(SegmentationDescriptor descriptor, boolean cancel) throws IOException {
        fields.flag("segmentation_event_cancel_indicator", cancel);
        fields.hex("segmentation_event_id", descriptor.segmentationEventId());
        fields.flag("segmentation_event_id_compliance_indicator", descriptor.segmentationEventIdComplianceIndicator());
    }

    void segmentationBody(
            SegmentationDescriptor.Event event, int upidLength, SegmentationDescriptor.@Nullable SubSegments sub)
            throws IOException {
        segmentationHead(event, false);
        segmentationFlags(event);
        if (event.segmentationDuration().isPresent()) {
            fields.seconds("segmentation_duration", event.segmentationDuration().getAsLong());
        }
        SegmentationType type = SegmentationType.of(event.segmentationTypeId());
        if (type != null) {
            fields.text("segmentation_message", type.title());
        }
        fields.number("segmentation_type_id", event.segmentationTypeId());
        fields.number("segmentation_upid_length", upidLength);
        fields.number("segmentation_upid_type", event.upid().type());
        fields.text("segmentation_upid_type_name", form.upidTitle(event.upid().type()));
        JsonUpids upids = new JsonUpids(fields, form);
        upids.write(event.upid());
        fields.number("segment_num", event.segmentNum());
        fields.number("segments_expected", event.segmentsExpected());
        if (sub != null) {
            fields.number("sub_segment_num", sub.subSegmentNum());
            fields.number("sub_segments_expected", sub.subSegmentsExpected());
        }
        if (event.components() != null) {
            segmentationComponents(event.components());
        }
        if (event.segmentationDuration().isPresent()) {
            fields.ticks("segmentation_duration", event.segmentationDuration().getAsLong());
        }
        fields.id("segmentation_event_id_hex", event.segmentationEventId());
        upids.writeLostBytes(event.upid());
    }

    private void segmentationFlags(SegmentationDescriptor.Event event) throws IOException {
        SegmentationDescriptor.DeliveryRestrictions restrictions = event.restrictions();
        fields.flag("program_segmentation_flag", event.components() == null);
        fields.flag("segmentation_duration_flag", event.segmentationDuration().isPresent());
        fields.flag("delivery_not_restricted_flag", restrictions == null);
        if (restrictions != null) {
            fields.flag("web_delivery_allowed_flag", restrictions.webDeliveryAllowedFlag());
            fields.flag("no_regional_blackout_flag", restrictions.noRegionalBlackoutFlag());
            fields.flag("archive_allowed_flag", restrictions.archiveAllowedFlag());
            int group = restrictions.deviceRestrictions();
            fields.text("device_restrictions", group == 3 ? "No Restrictions" : "Restrict Group " + group);
        }
    }

    private void segmentationComponents(List<SegmentationDescriptor.Component> components) throws IOException {
        out.writeArrayFieldStart("components");
        for (SegmentationDescriptor.Component component : components) {
            out.writeStartObject();
            fields.number("component_tag", component.componentTag());
            fields.seconds("pts_offset", component.ptsOffset());
            fields.ticks("pts_offset", component.ptsOffset());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
