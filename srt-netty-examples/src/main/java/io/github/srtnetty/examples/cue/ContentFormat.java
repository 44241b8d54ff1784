// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Detects the form of a document from its beginning. */
final class ContentFormat {
    /** How many bytes are enough. */
    static final int BYTES = 4096;

    private static final int MOST_TEXT = 16 << 10;
    private static final int BOX_TYPE = 4;
    private static final int BOX_HEADER = 8;
    private static final int TABLE_ID = 0xFC;
    private static final int SYNC_BYTE = 0x47;
    private static final int PACKET = 188;

    /** The first element, behind declarations and comments. */
    private static final Pattern ELEMENT = Pattern.compile("<(?:[\\w.-]+:)?([A-Za-z_]\\w*)");

    private ContentFormat() {}

    /** Returns the form; null for digits, a line with a cue in it, or an unknown form. */
    static @Nullable CueFormat of(byte[] start) {
        if (isBoxes(start)) {
            return CueFormat.EMSG;
        }
        String text = text(start);
        if (text.isEmpty()) {
            return null;
        }
        return switch (text.charAt(0)) {
            case '{', '[' -> CueFormat.JSON;
            case '#' -> CueFormat.HLS;
            case '<' -> xml(text);
            default -> null;
        };
    }

    /** Returns whether the document is binary and so has no lines. */
    static boolean isBinary(byte[] start) {
        return isBoxes(start) || isUtf16(start) || isSection(start) || isTransportStream(start);
    }

    /** Returns whether it is the bytes of a cue. */
    static boolean isSection(byte[] start) {
        return start.length > 1 && (start[0] & 0xFF) == TABLE_ID && (start[1] & 0xC0) == 0;
    }

    /** Returns whether it is packets of 188 bytes. */
    static boolean isTransportStream(byte[] start) {
        return start.length > PACKET && start[0] == SYNC_BYTE && start[PACKET] == SYNC_BYTE;
    }

    private static boolean isBoxes(byte[] start) {
        if (start.length < BOX_HEADER || start[0] != 0) {
            return false; // of 16 MiB, which no first box has
        }
        for (int i = BOX_TYPE; i < BOX_HEADER; i++) {
            if (start[i] < 'a' || start[i] > 'z') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf16(byte[] start) {
        int mark = start.length < 2 ? 0 : (start[0] & 0xFF) << 8 | start[1] & 0xFF;
        return mark == 0xFEFF || mark == 0xFFFE;
    }

    /** Returns the beginning as text: it contains the first element and is fast to search. */
    private static String text(byte[] start) {
        int length = Math.min(start.length, MOST_TEXT);
        String text = new String(start, 0, length, isUtf16(start) ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        return text.replace("\uFEFF", "").stripLeading();
    }

    private static @Nullable CueFormat xml(String text) {
        Matcher element = ELEMENT.matcher(text.replaceAll("(?s)<!--.*?-->", ""));
        String root = element.find() ? element.group(1) : "";
        return switch (root) {
            case "MPD", "Period", "EventStream", "InbandEventStream", "Event" -> CueFormat.DASH;
            case "Signal" -> text.contains("Binary") ? CueFormat.XML_BIN : CueFormat.XML;
            case "Binary" -> null;
            default -> CueFormat.XML;
        };
    }
}
