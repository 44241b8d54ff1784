// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationType;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.UpidType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a descriptor from JSON. */
final class JsonDescriptorReader {
    private static final String SUB_NUMBER = "sub_segment_num";
    private static final String SUB_EXPECTED = "sub_segments_expected";
    private static final String MESSAGE = "segmentation_message";

    private JsonDescriptorReader() {}

    static SpliceDescriptor read(JsonObject json) {
        int tag = (int) json.number("tag", 8);
        if (json.has(ExactBytes.OF_DESCRIPTOR)) {
            return raw(json, tag);
        }
        String identifier = json.has("identifier") ? json.text("identifier") : "CUEI";
        json.ignoreNumbers(8, "descriptor_length");
        json.ignore("name");
        if (identifier.equals("CUEI")) {
            switch (tag) {
                case AvailDescriptor.TAG:
                    return new AvailDescriptor(json.number("provider_avail_id", 32));
                case DtmfDescriptor.TAG:
                    return dtmf(json);
                case SegmentationDescriptor.TAG:
                    return withUndefinedFields(json, segmentation(json));
                case TimeDescriptor.TAG:
                    return new TimeDescriptor(json.number("tai_seconds", 48), json.number("tai_ns", 32), (int)
                            json.number("utc_offset", 16));
                case AudioDescriptor.TAG:
                    return audio(json);
                default:
                    break;
            }
        } else if (tag == DvbDasDescriptor.TAG && identifier.equals("DVB_")) {
            return dvbDas(json);
        }
        throw json.unexpected(ExactBytes.OF_DESCRIPTOR, "the bytes of a private descriptor", null);
    }

    /** Reads the bytes; all other keys must have the same values. */
    private static SpliceDescriptor raw(JsonObject json, int tag) {
        SpliceDescriptor raw = ExactBytes.rawDescriptor(tag, json.hex(ExactBytes.OF_DESCRIPTOR));
        SpliceInfoSection cue =
                SpliceInfoSection.builder(SpliceNull.INSTANCE).descriptor(raw).build();
        JsonObject written = JsonDocument.parse(new Scte35Json().withTicks().toJson(cue))
                .objects("descriptors")
                .get(0);
        json.requireSame(written, ExactBytes.OF_DESCRIPTOR);
        return raw;
    }

    private static DtmfDescriptor dtmf(JsonObject json) {
        String chars = json.joined("dtmf_chars");
        json.agrees("dtmf_count", 3, chars.length());
        return new DtmfDescriptor((int) json.number("preroll", 8, 0), chars);
    }

    private static AudioDescriptor audio(JsonObject json) {
        json.requireList("components");
        List<JsonObject> components = json.objects("components");
        json.agrees("audio_count", 4, components.size());
        return new AudioDescriptor(
                components.stream().map(JsonDescriptorReader::component).toList());
    }

    private static DvbDasDescriptor dvbDas(JsonObject json) {
        Bytes upid = json.has("upid_bytes") ? json.hex("upid_bytes") : JsonUpidReader.latin1(json, "upid");
        json.agrees("upid_type", 8, UpidType.URI.id());
        json.agrees("upid_length", 8, upid.length());
        json.ignore("upid_type_name", "upid");
        return new DvbDasDescriptor(
                (int) json.number("break_num", 8, 0),
                (int) json.number("breaks_expected", 8, 0),
                (int) json.number("reserved", 4, 0xF),
                (int) json.number("equivalent_segmentation_type", 4, 0),
                upid);
    }

    private static AudioDescriptor.Component component(JsonObject json) {
        return new AudioDescriptor.Component(
                (int) json.number("component_tag", 8),
                json.text("iso_code"),
                (int) json.number("bit_stream_mode", 3),
                (int) json.number("num_channels", 4),
                json.flag("full_srvc_audio", false));
    }

    private static SegmentationDescriptor segmentation(JsonObject json) {
        long id = json.number("segmentation_event_id", 32);
        json.agrees("segmentation_event_id_hex", 32, id);
        boolean compliance = json.flag("segmentation_event_id_compliance_indicator", true);
        if (json.flag("segmentation_event_cancel_indicator", false)) {
            return new SegmentationDescriptor.Cancel(id, compliance);
        }
        boolean hasDuration = json.has("segmentation_duration") || json.has("segmentation_duration_ticks");
        OptionalLong duration = json.flag("segmentation_duration_flag", hasDuration)
                ? OptionalLong.of(json.ticks("segmentation_duration", 40))
                : OptionalLong.empty();
        int type = (int) json.number("segmentation_type_id", 8);
        checkMessage(json, type);
        return new SegmentationDescriptor.Event(
                id,
                compliance,
                restrictions(json),
                components(json),
                duration,
                JsonUpidReader.read(json),
                type,
                (int) json.number("segment_num", 8, 0),
                (int) json.number("segments_expected", 8, 0),
                subSegments(json, type));
    }

    /** Rejects the name of another type; names that are not in the table are comments. */
    private static void checkMessage(JsonObject json, int typeId) {
        if (!json.has(MESSAGE)) {
            return;
        }
        String message = json.text(MESSAGE);
        for (SegmentationType type : SegmentationType.values()) {
            if (type.title().equalsIgnoreCase(message) && type.id() != typeId) {
                throw json.unexpected(MESSAGE, "the name of segmentation_type_id " + typeId, message);
            }
        }
    }

    /**
     * Returns the descriptor with sub_segment_num and sub_segments_expected after it, for a type that does not define
     * them, because some encoders send them. Zeros are not coded, because older versions of threefive print them with
     * every type.
     */
    private static SpliceDescriptor withUndefinedFields(JsonObject json, SegmentationDescriptor descriptor) {
        int number = (int) json.number(SUB_NUMBER, 8, 0);
        int expected = (int) json.number(SUB_EXPECTED, 8, 0);
        boolean defined = !(descriptor instanceof SegmentationDescriptor.Event event)
                || SegmentationType.hasSubSegments(event.segmentationTypeId());
        if (defined || number == 0 && expected == 0) {
            return descriptor;
        }
        BitWriter content = new BitWriter(64).bits(descriptor.identifier(), 32, "identifier");
        descriptor.encodeBody(content);
        content.bits(number, 8, SUB_NUMBER).bits(expected, 8, SUB_EXPECTED);
        return ExactBytes.rawDescriptor(SegmentationDescriptor.TAG, content.toBytes());
    }

    private static SegmentationDescriptor.@Nullable SubSegments subSegments(JsonObject json, int type) {
        if (!SegmentationType.hasSubSegments(type) || !(json.has(SUB_NUMBER) || json.has(SUB_EXPECTED))) {
            return null;
        }
        return new SegmentationDescriptor.SubSegments(
                (int) json.number(SUB_NUMBER, 8, 0), (int) json.number(SUB_EXPECTED, 8, 0));
    }

    private static SegmentationDescriptor.@Nullable DeliveryRestrictions restrictions(JsonObject json) {
        if (json.flag("delivery_not_restricted_flag", true)) {
            return null;
        }
        String device = json.has("device_restrictions") ? json.text("device_restrictions") : "No Restrictions";
        int group = switch (device) {
            case "No Restrictions" -> 3;
            case "Restrict Group 0" -> 0;
            case "Restrict Group 1" -> 1;
            case "Restrict Group 2" -> 2;
            default -> throw json.unexpected("device_restrictions", "No Restrictions or Restrict Group 0 to 2", device);
        };
        return new SegmentationDescriptor.DeliveryRestrictions(
                json.flag("web_delivery_allowed_flag", false),
                json.flag("no_regional_blackout_flag", false),
                json.flag("archive_allowed_flag", false),
                group);
    }

    private static @Nullable List<SegmentationDescriptor.Component> components(JsonObject json) {
        if (json.flag("program_segmentation_flag", true)) {
            return null;
        }
        json.requireList("components");
        List<SegmentationDescriptor.Component> components = new ArrayList<>();
        for (JsonObject component : json.objects("components")) {
            components.add(new SegmentationDescriptor.Component(
                    (int) component.number("component_tag", 8), component.ticks("pts_offset", 33)));
        }
        return components;
    }
}
