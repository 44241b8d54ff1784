// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.UpidType;
import java.io.IOException;

/** Writes {@code segmentation_upid}: text, a hexadecimal number, an object (ATSC, MPU) or a list (MID). */
final class JsonUpids {
    /** Key of all bytes of a UPID in hexadecimal. */
    static final String BYTES = "segmentation_upid_bytes";

    private static final String KEY = "segmentation_upid";

    private final JsonFields fields;
    private final JsonForm form;
    private final JsonGenerator out;

    JsonUpids(JsonFields fields, JsonForm form) {
        this.fields = fields;
        this.form = form;
        this.out = fields.out();
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

    /** Writes {@link #BYTES} if the output of {@link #write} does not determine the bytes. */
    void writeLostBytes(SegmentationUpid upid) throws IOException {
        if (fields.withBytes() && losesBytes(upid)) {
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
        UpidType type = UpidType.of(upid.type());
        if (type.length() >= 0 && bytes.length() != type.length()) {
            return true;
        }
        return switch (type) {
            case NOT_USED, ISAN_DEPRECATED, ISAN, TI, UMID, EIDR, UUID_BINARY -> false;
            case MPU, ATSC_CONTENT_ID, MID -> true; // broken, or in another MID
            default -> !JsonFields.isAscii(bytes);
        };
    }

    private String plain(int type, Bytes bytes) {
        return switch (UpidType.of(type)) {
            case NOT_USED -> "No UPID";
            case ISAN_DEPRECATED, ISAN, TI -> form.upidNumber(bytes);
            case UMID -> words(bytes.hex());
            case EIDR ->
                bytes.length() < 2
                        ? form.upidNumber(bytes)
                        : form.upidNumber(bytes.slice(0, 2))
                                + bytes.slice(2, bytes.length() - 2).hex();
            case MPU, ATSC_CONTENT_ID, MID -> form.upidNumber(bytes); // broken
            case UUID_BINARY -> form.upidUuid(bytes);
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
            fields.text("upid_type_name", form.upidTitle(upid.type()));
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
        out.writeObjectFieldStart(KEY);
        fields.text("format_identifier", format);
        fields.text("private_data", form.upidNumber(mpu.privateData()));
        form.writeMpuParts(format, mpu.privateData(), fields);
        out.writeEndObject();
    }
}
