// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.UpidType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads {@code segmentation_upid} in the notations of the writer, with the length that Table 22 requires. Bytes of
 * another length can only be given as {@code segmentation_upid_bytes}.
 */
final class JsonUpidReader {
    private static final String UPID = "segmentation_upid";

    private final JsonObject json;
    private final int type;
    private final String lengthKey;

    private JsonUpidReader(JsonObject json, int type, String lengthKey) {
        this.json = json;
        this.type = type;
        this.lengthKey = lengthKey;
    }

    /** Reads the UPID of a segmentation_descriptor; returns none if no key of a UPID is given. */
    static SegmentationUpid read(JsonObject json) {
        boolean given = json.has(UPID) || json.has(JsonUpids.BYTES);
        if (given && !json.has("segmentation_upid_type")) {
            throw json.unexpected("segmentation_upid_type", "the type of segmentation_upid", null);
        }
        int type = (int) json.number("segmentation_upid_type", 8, 0);
        checkName(json, "segmentation_upid_type_name", type);
        return new JsonUpidReader(json, type, "segmentation_upid_length").read(false);
    }

    private static SegmentationUpid item(JsonObject json) {
        int type = (int) json.number("upid_type", 8);
        checkName(json, "upid_type_name", type);
        return new JsonUpidReader(json, type, "upid_length").read(true);
    }

    /** Rejects the name of another type in either form; names that neither form has are comments. */
    private static void checkName(JsonObject json, String key, int type) {
        if (!json.has(key)) {
            return;
        }
        String name = json.text(key);
        for (int other = 0; other <= UpidType.RESERVED.id(); other++) {
            boolean named = isName(name, other);
            if (named && !isName(name, type)) {
                throw json.unexpected(key, "\"" + StandardForm.INSTANCE.upidTitle(type) + "\" or nothing", name);
            }
        }
    }

    private static boolean isName(String name, int type) {
        return name.equals(StandardForm.INSTANCE.upidTitle(type)) || name.equals(JsonNames.otherUpidTitle(type));
    }

    private SegmentationUpid read(boolean inMid) {
        SegmentationUpid upid = value(inMid);
        json.agrees(lengthKey, 8, upid.bytes().length());
        return upid;
    }

    private SegmentationUpid value(boolean inMid) {
        if (json.has(JsonUpids.BYTES)) {
            Bytes bytes = json.hex(JsonUpids.BYTES);
            json.ignore(UPID);
            boolean nested = inMid && type == UpidType.MID.id(); // not parsed again
            return nested ? new SegmentationUpid.Plain(type, bytes) : SegmentationUpid.of(type, bytes);
        }
        UpidType known = UpidType.of(type);
        if (known == UpidType.MID) {
            return new SegmentationUpid.Mid(
                    json.objects(UPID).stream().map(JsonUpidReader::item).toList());
        }
        if (json.isObject(UPID)) {
            JsonObject parts = json.object(UPID);
            return switch (known) {
                case ATSC_CONTENT_ID -> atsc(parts);
                case MPU -> mpu(parts);
                default -> throw json.unexpected(UPID, "text with segmentation_upid_type " + type, "an object");
            };
        }
        Bytes bytes = json.has(UPID) ? plain(known, json.text(UPID)) : Bytes.EMPTY;
        if (known.length() >= 0 && bytes.length() != known.length()) {
            String expected = known.length() + " bytes of " + known.label() + ", or " + JsonUpids.BYTES;
            throw json.unexpected(UPID, expected, json.has(UPID) ? bytes.length() + " bytes" : null);
        }
        return SegmentationUpid.of(type, bytes);
    }

    private Bytes plain(UpidType known, String text) {
        return switch (known) {
            case NOT_USED -> none(text);
            case TI -> padded(text, known.length());
            case ISAN_DEPRECATED, ISAN -> padded(text.replace("-", ""), known.length());
            case EIDR -> eidr(text, known.length());
            case UMID -> digits(text.replace(".", ""));
            case UUID_BINARY -> uuid(text);
            case MPU, ATSC_CONTENT_ID -> padded(text, declaredLength());
            default -> latin1(json, UPID);
        };
    }

    private Bytes none(String text) {
        if (!text.isEmpty() && !text.equals(JsonNames.otherUpidTitle(0))) {
            throw json.unexpected(UPID, "nothing with segmentation_upid_type 0", text);
        }
        return Bytes.EMPTY;
    }

    /** Reads the canonical notation, 10.5240/XXXX-..., or hexadecimal digits. */
    private Bytes eidr(String text, int length) {
        int slash = text.indexOf('/');
        if (!text.startsWith("10.") || slash < 0) {
            return padded(text, length);
        }
        String prefix = text.substring(3, slash);
        if (!prefix.matches("[0-9]{1,5}") || Integer.parseInt(prefix) > 0xFFFF) {
            throw json.unexpected(UPID, "an EIDR like 10.5240/7791-8534-2C23-9030-8610", text);
        }
        return digits(String.format("%04x", Integer.parseInt(prefix))
                + text.substring(slash + 1).replace("-", ""));
    }

    private Bytes uuid(String text) {
        String bare = text.toLowerCase(Locale.ROOT).startsWith("urn:uuid:") ? text.substring(9) : text;
        boolean isText = bare.length() == UpidType.UUID_BINARY.length();
        return isText ? latin1(json, UPID) : digits(bare.replace("-", ""));
    }

    private Bytes digits(String text) {
        try {
            return Bytes.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw json.unexpected(UPID, "a " + UpidType.of(type).label() + " in hexadecimal digits", text);
        }
    }

    private int declaredLength() {
        return (int) json.number(lengthKey, 8, -1);
    }

    /** Reads digits into {@code length} bytes with leading zeros, which threefive omits; negative: as given. */
    private Bytes padded(String text, int length) {
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        if (length < 0 || digits.isEmpty() && length > 0) {
            return digits(digits);
        }
        String significant = digits.replaceFirst("^0+", "");
        if (significant.length() > 2 * length) {
            throw json.unexpected(UPID, "at most " + length + " bytes", text);
        }
        return digits("0".repeat(2 * length - significant.length()) + significant);
    }

    private static SegmentationUpid atsc(JsonObject parts) {
        return new SegmentationUpid.Atsc(
                (int) parts.number("TSID", 16),
                (int) parts.number("reserved", 2, 3),
                (int) parts.number("end_of_day", 5),
                (int) parts.number("unique_for", 9),
                latin1(parts, "content_id"));
    }

    private SegmentationUpid mpu(JsonObject parts) {
        Bytes format = latin1(parts, "format_identifier");
        if (format.length() != 4) {
            throw parts.unexpected("format_identifier", "four characters", parts.text("format_identifier"));
        }
        parts.ignore("version", "channel_identifier", "date", "break_code", "duration"); // of ADFR, by threefive
        String data = parts.text("private_data");
        int declared = declaredLength();
        return new SegmentationUpid.Mpu(format.toLong(), padded(data, declared < 4 ? -1 : declared - 4));
    }

    static Bytes latin1(JsonObject json, String key) {
        String text = json.text(key);
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw json.unexpected(key, "characters up to U+00FF (others have lost their bytes)", text);
        }
        return Bytes.of(text, StandardCharsets.ISO_8859_1);
    }
}
