// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parser of a written cue, alone or inside a line of a playlist or manifest. */
final class CueText {
    private static final int TABLE_ID = 0xFC;
    private static final int MOST_SHOWN = 40;
    private static final String QUOTES = "\"'`";
    /**
     * A first check. Like all patterns of this class, it needs time and stack at most linear in the length of the text.
     */
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-FxX\\s,:]++");

    private static final Pattern INTEGER = Pattern.compile("[0-9]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\-\\s]++[=\\s]*+");
    /** Content of the element Binary of DASH and SCTE 35 XML, which may contain white space. */
    private static final Pattern ELEMENT = Pattern.compile("<(?:\\w{1,40}:)?Binary\\b[^<>]*+>([^<]++)<");
    /** A cue after the start, a blank, a quote, "=", ":", "," or ">"; the shortest cue has 20 bytes. */
    private static final Pattern TOKEN = Pattern.compile("(?<![^\\s\"'=:,>\\[({])"
            + "(0[xX][fF][cC][0-9a-fA-F]{38,}|[fF][cC][0-9a-fA-F]{38,}|[/_][A-Za-z0-9+/_\\-]{25,}=*)");

    private CueText() {}

    static Bytes parse(String text) {
        String bare = bare(text);
        Bytes whole = read(bare);
        if (whole != null && looksLikeCue(whole)) {
            return whole;
        }
        Set<Bytes> found = new LinkedHashSet<>();
        collect(ELEMENT.matcher(bare), found);
        collect(TOKEN.matcher(bare), found);
        if (found.size() > 1) {
            throw new MalformedDataException("cue", "one in a line", found.size() + "");
        }
        if (found.size() == 1) {
            return found.iterator().next();
        }
        if (whole != null && !whole.isEmpty() && whole.at(0) == TABLE_ID) {
            return whole; // a broken cue: the decoder reports the error
        }
        throw new MalformedDataException(
                "cue",
                "base64, hexadecimal digits, an integer, or a line of HLS or DASH with one of them",
                shown(bare));
    }

    private static void collect(Matcher matcher, Set<Bytes> found) {
        while (matcher.find()) {
            Bytes bytes = read(matcher.group(1).strip());
            if (bytes != null && !bytes.isEmpty() && bytes.at(0) == TABLE_ID) {
                found.add(bytes);
            }
        }
    }

    private static boolean looksLikeCue(Bytes bytes) {
        return !bytes.isEmpty()
                && (bytes.at(0) == TABLE_ID || bytes.length() > 4 && bytes.crc32Mpeg2(0, bytes.length()) == 0);
    }

    /** Returns the bytes of a text that is exactly one written cue, otherwise null. */
    private static @Nullable Bytes read(String text) {
        try {
            if (INTEGER.matcher(text).matches() && text.length() < 20_000) {
                return fromInteger(text);
            } else if (HEX.matcher(text).matches()) {
                return fromHex(text);
            }
            return BASE64.matcher(text).matches() ? fromBase64(text) : null;
        } catch (MalformedDataException e) {
            return null;
        }
    }

    /** Returns the text without byte order mark, white space and quotes around it. */
    private static String bare(String text) {
        String bare = text.replace("\uFEFF", "");
        int start = 0;
        int end = bare.length();
        while (start < end) {
            char first = bare.charAt(start);
            char last = bare.charAt(end - 1);
            if (Character.isWhitespace(first)) {
                start++;
            } else if (Character.isWhitespace(last)) {
                end--;
            } else if (end - start > 1 && first == last && QUOTES.indexOf(first) >= 0) {
                start++;
                end--;
            } else {
                break;
            }
        }
        return bare.substring(start, end);
    }

    private static Bytes fromInteger(String digits) {
        byte[] octets = new BigInteger(digits).toByteArray();
        boolean sign = octets.length > 1 && octets[0] == 0;
        return Bytes.copyOf(octets, sign ? 1 : 0, octets.length - (sign ? 1 : 0));
    }

    /** Decodes base64 with either alphabet; white space and missing padding are allowed. */
    static Bytes fromBase64(String text) {
        String digits = bare(text).replaceAll("\\s", "").replace('-', '+').replace('_', '/');
        int end = digits.length();
        while (end > 0 && digits.charAt(end - 1) == '=') {
            end--;
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(digits.substring(0, end)));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("base64", "base64 digits", String.valueOf(e.getMessage()));
        }
    }

    /** Decodes hexadecimal digits; white space, commas, colons and 0x are allowed between bytes. */
    static Bytes fromHex(String text) {
        String digits = bare(text).replaceAll("(?<![0-9a-fA-F])0[xX]", "").replaceAll("[\\s,:]", "");
        try {
            return Bytes.fromHex(digits);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("hex", "pairs of hexadecimal digits", String.valueOf(e.getMessage()));
        }
    }

    private static String shown(String text) {
        String start = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return '"' + start.replaceAll("[^\\x20-\\x7E]", "?") + '"';
    }

    static void putInt(byte[] target, int offset, int value) {
        for (int i = 0; i < 4; i++) {
            target[offset + i] = (byte) (value >>> (24 - 8 * i));
        }
    }
}
