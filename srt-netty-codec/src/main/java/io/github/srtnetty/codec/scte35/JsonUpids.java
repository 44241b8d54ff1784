// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.Bytes;
import java.io.IOException;

/** Writes {@code segmentation_upid} as threefive does: text, a hexadecimal number, an object (ATSC, MPU) or a list (MID). */
final class JsonUpids {
    /** Key of all bytes of a UPID in hexadecimal. */
    static final String BYTES = "segmentation_upid_bytes";

    private static final String KEY = "segmentation_upid";
    private static final String ADFR = "ADFR";

    private final JsonFields fields;
    private final JsonGenerator out;

    JsonUpids(JsonFields fields) {
        this.fields = fields;
        this.out = fields.out();
    }

    /** Returns threefive's name of the type. */
    static String title(int type) {
        return switch (UpidType.of(type)) {
            case NOT_USED -> "No UPID";
            case USER_DEFINED -> "Type 0x01 is deprecated, use MPU type 0x0C";
            case ISCI -> "Type 0x02 is deprecated, use AdID type 0x03";
            case AD_ID -> "AdID";
            case ISAN_DEPRECATED -> "Type 0x05 is deprecated, use ISAN type 0x06";
            case ISAN -> "ISAN";
            case TI -> "AiringID";
            case ADS_INFORMATION -> "ADS Info";
            case RESERVED -> "Unknown";
            default -> UpidType.of(type).label();
        };
    }

    void write(SegmentationUpid upid) throws IOException {
        if (upid instanceof SegmentationUpid.Mid mid) {
            mid(mid);
        } else if (upid instanceof SegmentationUpid.Mpu mpu) {
            mpu(mpu);
        } else if (upid instanceof SegmentationUpid.Atsc atsc) {
            atsc(atsc);
        } else {
            fields.text(KEY, plain(upid.type(), upid.bytes()));
        }
    }

    /** Writes {@link #BYTES} with the ticks, where {@link JsonDescriptorReader} could not tell them from what {@link #write} prints. */
    void writeLostBytes(SegmentationUpid upid) throws IOException {
        if (fields.withTicks() && losesBytes(upid)) {
            fields.text(BYTES, upid.bytes().hex());
        }
    }

    private static boolean losesBytes(SegmentationUpid upid) {
        if (upid instanceof SegmentationUpid.Mid) {
            return false; // each item has its own
        } else if (upid instanceof SegmentationUpid.Mpu mpu) {
            return !JsonFields.isAscii(mpu.bytes().slice(0, 4));
        } else if (upid instanceof SegmentationUpid.Atsc atsc) {
            return !JsonFields.isAscii(atsc.contentId());
        }
        Bytes bytes = upid.bytes();
        return switch (UpidType.of(upid.type())) {
            case NOT_USED -> !bytes.isEmpty();
            case ISAN_DEPRECATED, ISAN, TI, UMID, EIDR, MPU, ATSC_CONTENT_ID -> false;
            case MID -> true; // broken, or in another MID
            default -> !JsonFields.isAscii(bytes);
        };
    }

    private static String plain(int type, Bytes bytes) {
        return switch (UpidType.of(type)) {
            case NOT_USED -> "No UPID";
            case ISAN_DEPRECATED, ISAN, TI -> JsonFields.hex(bytes);
            case UMID -> words(bytes.hex());
            case EIDR ->
                bytes.length() < 2
                        ? JsonFields.hex(bytes)
                        : JsonFields.hex(bytes.slice(0, 2))
                                + bytes.slice(2, bytes.length() - 2).hex();
            case MPU, ATSC_CONTENT_ID, MID -> JsonFields.hex(bytes); // broken: threefive has no output
            default -> JsonFields.ascii(bytes);
        };
    }

    private static String words(String digits) {
        StringBuilder text = new StringBuilder(digits.length() * 9 / 8);
        for (int i = 0; i < digits.length(); i += 8) {
            text.append(i == 0 ? "" : ".").append(digits, i, Math.min(i + 8, digits.length()));
        }
        return text.toString();
    }

    private void mid(SegmentationUpid.Mid mid) throws IOException {
        if (mid.upids().isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(KEY);
        for (SegmentationUpid upid : mid.upids()) {
            out.writeStartObject();
            fields.number("upid_type", upid.type());
            fields.text("upid_type_name", title(upid.type()));
            fields.number("upid_length", upid.bytes().length());
            write(upid);
            writeLostBytes(upid);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void atsc(SegmentationUpid.Atsc atsc) throws IOException {
        out.writeObjectFieldStart(KEY);
        fields.number("TSID", atsc.tsid());
        fields.number("reserved", atsc.reserved());
        fields.number("end_of_day", atsc.endOfDay());
        fields.number("unique_for", atsc.uniqueFor());
        fields.text("content_id", JsonFields.ascii(atsc.contentId()));
        out.writeEndObject();
    }

    private void mpu(SegmentationUpid.Mpu mpu) throws IOException {
        String format = JsonFields.ascii(mpu.bytes().slice(0, 4));
        String data = JsonFields.hex(mpu.privateData());
        out.writeObjectFieldStart(KEY);
        fields.text("format_identifier", format);
        fields.text("private_data", data);
        if (format.equals(ADFR)) {
            addressable(Bytes.fromHex(data));
        }
        out.writeEndObject();
    }

    /** Writes the parts of an MPU of addressable television, out of what threefive keeps of the private data. */
    private void addressable(Bytes data) throws IOException {
        if (data.isEmpty()) {
            return;
        }
        fields.number("version", data.at(0));
        fields.text("channel_identifier", JsonFields.hexUnpadded(part(data, 1, 2)));
        fields.number("date", part(data, 3, 4));
        fields.number("break_code", part(data, 7, 2));
        fields.text("duration", JsonFields.hexUnpadded(part(data, 9, 2)));
    }

    /** Returns the number in {@code length} bytes from {@code offset}, or in as many as there are. */
    private static long part(Bytes data, int offset, int length) {
        int from = Math.min(offset, data.length());
        return data.slice(from, Math.min(length, data.length() - from)).toLong();
    }
}
