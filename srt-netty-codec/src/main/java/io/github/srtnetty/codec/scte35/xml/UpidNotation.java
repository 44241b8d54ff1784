// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.UpidType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The usual notations of UPIDs as text, SCTE 35 Table 22. An invalid value causes an IllegalArgumentException. */
final class UpidNotation {
    private UpidNotation() {}

    /** Returns the bytes of a UPID that is written as text. */
    static Bytes parse(UpidType type, String text) {
        Bytes bytes = bytes(type, text);
        if (!text.isEmpty() && type.length() >= 0 && bytes.length() != type.length()) {
            throw new IllegalArgumentException(bytes.length() + " bytes");
        }
        return bytes;
    }

    private static Bytes bytes(UpidType type, String text) {
        if (text.isEmpty()) {
            return Bytes.EMPTY;
        }
        return switch (type) {
            case TI -> airingId(text, type.length());
            case ISAN_DEPRECATED, ISAN -> isan(text);
            case EIDR -> eidr(text);
            case UMID -> Bytes.fromHex(text.replace(".", ""));
            case UUID_BINARY -> uuid(text);
            case NOT_USED, ATSC_CONTENT_ID, MPU, MID, RESERVED -> Bytes.fromHex(text);
            default -> latin1(text);
        };
    }

    /** Encodes one byte for each character. */
    static Bytes latin1(String text) {
        if (text.chars().anyMatch(c -> c > 0xFF)) {
            throw new IllegalArgumentException("characters above U+00FF");
        }
        return Bytes.of(text, StandardCharsets.ISO_8859_1);
    }

    /** Reads 0x and digits, only hexadecimal digits, or a decimal number as scte35-go writes it. */
    private static Bytes airingId(String text, int length) {
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return padded(text.substring(2), length);
        }
        boolean decimal = text.matches("0|[1-9][0-9]{0,19}");
        return decimal ? padded(new BigInteger(text).toString(16), length) : Bytes.fromHex(text);
    }

    private static Bytes padded(String digits, int length) {
        return Bytes.fromHex("0".repeat(Math.max(0, 2 * length - digits.length())) + digits);
    }

    /** Reads the digits; groups of one character are the check characters of the notation. */
    private static Bytes isan(String text) {
        String bare = text.toUpperCase(Locale.ROOT).startsWith("ISAN ") ? text.substring(5) : text;
        return Bytes.fromHex(Arrays.stream(bare.split("-"))
                .filter(group -> group.length() != 1)
                .collect(Collectors.joining()));
    }

    /** Reads 10.5240/XXXX-XXXX-XXXX-XXXX-XXXX, with or without a check character, or only digits. */
    private static Bytes eidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Bytes.fromHex(text);
        }
        if (!text.matches("10\\.[0-9]{1,5}/.*") || Integer.parseInt(text.substring(3, slash)) > 0xFFFF) {
            throw new IllegalArgumentException("no EIDR such as 10.5240/7791-8534-2C23-9030-8610");
        }
        String suffix = text.substring(slash + 1);
        String digits = Arrays.stream(suffix.split("-"))
                .filter(group -> group.length() != 1)
                .collect(Collectors.joining());
        String prefix = String.format("%04x", Integer.parseInt(text.substring(3, slash)));
        return Bytes.fromHex(prefix + digits);
    }

    private static Bytes uuid(String text) {
        String bare = text.toLowerCase(Locale.ROOT).startsWith("urn:uuid:") ? text.substring(9) : text;
        return Bytes.fromHex(bare.replace("-", ""));
    }
}
