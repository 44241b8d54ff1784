// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.UpidType;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads UPIDs from their elements. As text, a UPID must have the length of its type; bytes of another length can only
 * be given as hexadecimal digits or base64.
 */
final class UpidReader {
    /** Not in the schema, but written by packagers: the length in bytes. */
    private static final String LENGTH = "segmentationUpidLength";

    /** Not in the schema, but written by threefive: private_data as a number, beside all bytes of the MPU as text. */
    private static final String PRIVATE_DATA = "privateData";

    private final XmlElement element;
    private final int type;

    private UpidReader(XmlElement element) {
        this.element = element;
        this.type = (int) element.number(UpidNodes.TYPE, 8);
    }

    /** Reads the elements of one segmentation_descriptor; two or more are a MID. */
    static SegmentationUpid read(List<XmlElement> elements) {
        if (elements.isEmpty()) {
            return SegmentationUpid.NONE;
        }
        List<SegmentationUpid> upids = elements.stream()
                .map(element -> new UpidReader(element).read(elements.size() > 1))
                .toList();
        return upids.size() == 1 ? upids.get(0) : new SegmentationUpid.Mid(upids);
    }

    private SegmentationUpid read(boolean inMid) {
        Bytes bytes = withIdentifier(bytes());
        if (element.number(LENGTH, 8, bytes.length()) != bytes.length()) {
            throw element.unexpected(LENGTH, bytes.length() + " as by the text", "" + element.attribute(LENGTH));
        }
        element.finish();
        boolean nested = inMid && type == UpidType.MID.id(); // not parsed again
        return nested ? new SegmentationUpid.Plain(type, bytes) : SegmentationUpid.of(type, bytes);
    }

    private Bytes bytes() {
        String format = format();
        if (format == null) {
            return unmarked();
        }
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "text" -> notation();
            case "hexbinary", "hex" -> element.hexText();
            case "base-64", "base64" -> base64();
            default -> throw element.unexpected(UpidNodes.FORMAT, "text, hexbinary or base-64", format);
        };
    }

    private @Nullable String format() {
        String other = element.attribute("format"); // the name before 2016
        String format = element.attribute(UpidNodes.FORMAT);
        return format == null ? other : format;
    }

    /** Reads text without a format: hexadecimal digits or characters, depending on the length or the type. */
    private Bytes unmarked() {
        String text = element.token();
        String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        if (element.has(LENGTH)) {
            long length = element.number(LENGTH, 8);
            if (digits.length() == 2 * length && digits.matches("[0-9a-fA-F]*")) {
                return Bytes.fromHex(digits);
            }
            if (text.length() == length) {
                return latin1(text);
            }
        }
        return notation();
    }

    private Bytes notation() {
        if (element.has(UpidNodes.IDENTIFIER)) {
            return latin1(element.token()); // the text of an MPU
        }
        UpidType known = UpidType.of(type);
        try {
            return UpidNotation.parse(known, element.token());
        } catch (IllegalArgumentException e) {
            String length = known.length() < 0 ? "" : known.length() + " bytes, ";
            throw element.wrong(length + "a " + known.label() + " as text, or hexbinary", element.token());
        }
    }

    private Bytes latin1(String text) {
        try {
            return UpidNotation.latin1(text);
        } catch (IllegalArgumentException e) {
            throw element.wrong("characters up to U+00FF", text);
        }
    }

    private Bytes base64() {
        try {
            return Bytes.of(Base64.getDecoder().decode(element.token().replace(" ", "")));
        } catch (IllegalArgumentException e) {
            throw element.wrong("base64", element.token());
        }
    }

    /** Adds format_identifier before the bytes if an attribute has it. */
    private Bytes withIdentifier(Bytes bytes) {
        boolean whole = element.attribute(PRIVATE_DATA) != null;
        if (!element.has(UpidNodes.IDENTIFIER)) {
            return bytes;
        }
        if (type != UpidType.MPU.id()) {
            String only = "nothing with " + UpidNodes.TYPE + " " + type + ", but with " + UpidType.MPU.id();
            throw element.unexpected(UpidNodes.IDENTIFIER, only, "" + element.attribute(UpidNodes.IDENTIFIER));
        }
        long identifier = element.number(UpidNodes.IDENTIFIER, 32);
        if (!whole) {
            return new BitWriter(64)
                    .bits(identifier, 32, UpidNodes.IDENTIFIER)
                    .bytes(bytes)
                    .toBytes();
        }
        if (bytes.length() < 4 || bytes.unsignedInt(0) != identifier) {
            throw element.wrong("bytes that begin with " + UpidNodes.IDENTIFIER, element.token());
        }
        return bytes;
    }
}
