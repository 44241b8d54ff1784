// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.AudioDescriptor;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DtmfDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.TimeDescriptor;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import io.github.srtnetty.codec.scte35.UpidType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads a descriptor from JSON. */
final class JsonDescriptorReader {
    private static final String UPID = "segmentation_upid";

    private JsonDescriptorReader() {}

    static SpliceDescriptor read(JsonObject json) {
        int tag = (int) json.number("tag", 8);
        String identifier = json.has("identifier") ? json.text("identifier") : "CUEI";
        if (json.has("bytes")) {
            return raw(tag, Bytes.fromHex(json.text("bytes")));
        }
        if (identifier.equals("CUEI")) {
            switch (tag) {
                case AvailDescriptor.TAG:
                    return new AvailDescriptor(json.number("provider_avail_id", 32));
                case DtmfDescriptor.TAG:
                    return new DtmfDescriptor((int) json.number("preroll", 8, 0), json.joined("dtmf_chars"));
                case SegmentationDescriptor.TAG:
                    return segmentation(json);
                case TimeDescriptor.TAG:
                    return new TimeDescriptor(json.number("tai_seconds", 48), json.number("tai_ns", 32), (int)
                            json.number("utc_offset", 16));
                case AudioDescriptor.TAG:
                    return new AudioDescriptor(json.objects("components").stream()
                            .map(JsonDescriptorReader::audio)
                            .toList());
                default:
                    break;
            }
        } else if (tag == DvbDasDescriptor.TAG && identifier.equals("DVB_")) {
            return new DvbDasDescriptor(
                    (int) json.number("break_num", 8, 0),
                    (int) json.number("breaks_expected", 8, 0),
                    (int) json.number("reserved", 4, 0xF),
                    (int) json.number("equivalent_segmentation_type", 4, 0),
                    json.has("upid_bytes")
                            ? Bytes.fromHex(json.text("upid_bytes"))
                            : latin1("upid", json.text("upid")));
        }
        throw new MalformedDataException("descriptors", "\"bytes\" of a private descriptor", "tag " + tag);
    }

    private static SpliceDescriptor raw(int tag, Bytes content) {
        if (content.length() < 4) {
            return new MalformedDescriptor(tag, content);
        }
        return new UnknownDescriptor(tag, content.slice(0, 4).toLong(), content.slice(4, content.length() - 4));
    }

    private static AudioDescriptor.Component audio(JsonObject json) {
        return new AudioDescriptor.Component(
                (int) json.number("component_tag", 8),
                json.text("iso_code"),
                (int) json.number("bit_stream_mode", 3),
                (int) json.number("num_channels", 4),
                json.flag("full_srvc_audio", false));
    }

    private static SegmentationDescriptor segmentation(JsonObject json) {
        long id = json.number("segmentation_event_id", 32);
        boolean compliance = json.flag("segmentation_event_id_compliance_indicator", true);
        if (json.flag("segmentation_event_cancel_indicator", false)) {
            return new SegmentationDescriptor.Cancel(id, compliance);
        }
        boolean hasDuration = json.has("segmentation_duration") || json.has("segmentation_duration_ticks");
        OptionalLong duration = json.flag("segmentation_duration_flag", hasDuration)
                ? OptionalLong.of(json.ticks("segmentation_duration", 40))
                : OptionalLong.empty();
        SegmentationDescriptor.SubSegments sub = json.has("sub_segment_num")
                ? new SegmentationDescriptor.SubSegments(
                        (int) json.number("sub_segment_num", 8), (int) json.number("sub_segments_expected", 8, 0))
                : null;
        return new SegmentationDescriptor.Event(
                id,
                compliance,
                restrictions(json),
                components(json),
                duration,
                upid(json, (int) json.number("segmentation_upid_type", 8, 0), (int)
                        json.number("segmentation_upid_length", 8, -1)),
                (int) json.number("segmentation_type_id", 8),
                (int) json.number("segment_num", 8, 0),
                (int) json.number("segments_expected", 8, 0),
                sub);
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
            default ->
                throw new MalformedDataException(
                        "device_restrictions", "No Restrictions or Restrict Group 0 to 2", device);
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
        List<SegmentationDescriptor.Component> components = new ArrayList<>();
        for (JsonObject component : json.objects("components")) {
            components.add(new SegmentationDescriptor.Component(
                    (int) component.number("component_tag", 8), component.ticks("pts_offset", 33)));
        }
        return components;
    }

    /** {@code length}: segmentation_upid_length, with which leading zero bytes come back; -1 when it is not given. */
    private static SegmentationUpid upid(JsonObject json, int type, int length) {
        UpidType known = UpidType.of(type);
        if (json.has(JsonUpids.BYTES)) {
            return SegmentationUpid.of(type, Bytes.fromHex(json.text(JsonUpids.BYTES)));
        }
        if (known == UpidType.MID) {
            return new SegmentationUpid.Mid(json.objects(UPID).stream()
                    .map(JsonDescriptorReader::midItem)
                    .toList());
        }
        if (json.isObject(UPID)) {
            return known == UpidType.ATSC_CONTENT_ID ? atsc(json.object(UPID)) : mpu(json.object(UPID), length);
        }
        if (!json.has(UPID) || known == UpidType.NOT_USED) {
            return SegmentationUpid.of(type, Bytes.EMPTY);
        }
        String text = json.text(UPID);
        return switch (known) {
            case ISAN_DEPRECATED, ISAN, TI, EIDR, MPU, ATSC_CONTENT_ID ->
                SegmentationUpid.of(type, hex(text, length >= 0 ? length : known.length()));
            case UMID -> SegmentationUpid.of(type, Bytes.fromHex(text.replace(".", "")));
            default -> SegmentationUpid.of(type, latin1(UPID, text));
        };
    }

    private static SegmentationUpid midItem(JsonObject json) {
        int type = (int) json.number("upid_type", 8);
        if (type == UpidType.MID.id() && json.has(JsonUpids.BYTES)) {
            return new SegmentationUpid.Plain(type, Bytes.fromHex(json.text(JsonUpids.BYTES))); // not taken apart again
        }
        return upid(json, type, (int) json.number("upid_length", 8, -1));
    }

    private static SegmentationUpid atsc(JsonObject json) {
        return new SegmentationUpid.Atsc(
                (int) json.number("TSID", 16),
                (int) json.number("reserved", 2, 3),
                (int) json.number("end_of_day", 5),
                (int) json.number("unique_for", 9),
                latin1("content_id", json.text("content_id")));
    }

    private static SegmentationUpid mpu(JsonObject json, int length) {
        long format =
                latin1("format_identifier", json.text("format_identifier")).toLong();
        return new SegmentationUpid.Mpu(format, hex(json.text("private_data"), Math.max(-1, length - 4)));
    }

    /**
     * Reads hexadecimal digits into {@code length} bytes, zeros in front; into as many as there are when it is
     * negative.
     */
    private static Bytes hex(String text, int length) {
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (length < 0) {
            return Bytes.fromHex(digits);
        }
        String significant = digits.replaceFirst("^0+", "");
        if (significant.length() > 2 * length) {
            throw new MalformedDataException(UPID, "at most " + length + " bytes", text);
        }
        return Bytes.fromHex("0".repeat(2 * length - significant.length()) + significant);
    }

    private static Bytes latin1(String key, String text) {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw new MalformedDataException(key, "characters up to U+00FF (others have lost their bytes)", text);
        }
        return Bytes.of(text, StandardCharsets.ISO_8859_1);
    }
}
