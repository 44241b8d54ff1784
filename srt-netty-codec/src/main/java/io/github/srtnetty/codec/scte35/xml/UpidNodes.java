// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.UpidType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates the elements of UPIDs, SCTE 35 13.3. A UPID is text if its type is text and no white space can be lost,
 * otherwise hexadecimal digits, which all readers interpret in the same way. A MID is several elements.
 */
final class UpidNodes {
    static final String ELEMENT = "SegmentationUpid";
    static final String TYPE = "segmentationUpidType";
    static final String FORMAT = "segmentationUpidFormat";
    static final String IDENTIFIER = "formatIdentifier";
    static final String TEXT = "text";
    static final String HEX = "hexbinary";

    private UpidNodes() {}

    /** Returns the elements, or null if the schema cannot represent the UPID. */
    static @Nullable List<XmlNode> of(SegmentationUpid upid) {
        if (upid.equals(SegmentationUpid.NONE)) {
            return List.of();
        }
        if (!(upid instanceof SegmentationUpid.Mid mid)) {
            return upid.type() == UpidType.MID.id() ? null : List.of(one(upid));
        }
        List<XmlNode> nodes = new ArrayList<>();
        for (SegmentationUpid item : mid.upids()) {
            if (item.type() == UpidType.MID.id()) {
                return null;
            }
            nodes.add(one(item));
        }
        return nodes;
    }

    private static XmlNode one(SegmentationUpid upid) {
        XmlNode node = XmlNode.scte(ELEMENT).with(TYPE, upid.type());
        if (upid instanceof SegmentationUpid.Mpu mpu) {
            return node.with(FORMAT, HEX)
                    .with(IDENTIFIER, mpu.formatIdentifier())
                    .addText(mpu.privateData().hex());
        }
        Bytes bytes = upid.bytes();
        UpidType type = UpidType.of(upid.type());
        boolean text = type.isText() && (type.length() < 0 || bytes.length() == type.length()) && isToken(bytes);
        return node.with(FORMAT, text ? TEXT : HEX).addText(text ? bytes.text(StandardCharsets.US_ASCII) : bytes.hex());
    }

    /** Returns whether the text is printable ASCII with no space at its ends and no two in a row. */
    private static boolean isToken(Bytes bytes) {
        int previous = ' ';
        for (int i = 0; i < bytes.length(); i++) {
            int c = bytes.at(i);
            if (c < ' ' || c > '~' || c == ' ' && previous == ' ') {
                return false;
            }
            previous = c;
        }
        return bytes.isEmpty() || previous != ' ';
    }
}
