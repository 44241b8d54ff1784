// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.Base64;
import java.util.HexFormat;

/** The written forms of a cue. */
final class CueText {
    private CueText() {}

    static Bytes parse(String text) {
        String digits = text.strip();
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        return hex || digits.chars().allMatch(HexFormat::isHexDigit) ? fromHex(digits) : fromBase64(digits);
    }

    static Bytes fromBase64(String text) {
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(requireBase64(text)));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("base64", "base64 digits", String.valueOf(e.getMessage()));
        }
    }

    private static String requireBase64(String text) {
        String digits = text.strip();
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean digit = c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=');
            if (!digit && !Character.isWhitespace(c)) {
                throw new IllegalArgumentException("'" + c + "' at " + i);
            }
        }
        return digits;
    }

    static Bytes fromHex(String text) {
        try {
            return Bytes.fromHex(text.strip());
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("hex", "pairs of hexadecimal digits", String.valueOf(e.getMessage()));
        }
    }

    static void putInt(byte[] target, int offset, int value) {
        for (int i = 0; i < 4; i++) {
            target[offset + i] = (byte) (value >>> (24 - 8 * i));
        }
    }
}
