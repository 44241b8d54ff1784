// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Decodes percent-encoded text (RFC 3986, 2.1): {@code %C3%BC} stands for the bytes of {@code ü}. A plus sign
 * stands for itself.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class PercentText {
    private PercentText() {}

    /** Returns the index of the first percent sign that is not followed by two hexadecimal digits, or -1. */
    public static int wrongEscape(String text) {
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
            if (i + 2 >= text.length() || hexDigit(text, i + 1) < 0 || hexDigit(text, i + 2) < 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the decoded text.
     *
     * @param text the encoded text, without a {@link #wrongEscape}
     * @throws CharacterCodingException when the bytes are not UTF-8, or the text has a lone surrogate
     */
    public static String decoded(String text) throws CharacterCodingException {
        ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        ByteBuffer plain = ByteBuffer.allocate(bytes.remaining());
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            plain.put(b == '%' ? (byte) (Character.digit(bytes.get(), 16) << 4 | Character.digit(bytes.get(), 16)) : b);
        }
        return StandardCharsets.UTF_8.newDecoder().decode(plain.flip()).toString();
    }

    /** Returns the {@link #decoded} text, or the text itself if it is not validly encoded. */
    public static String lenientlyDecoded(String text) {
        try {
            return wrongEscape(text) < 0 ? decoded(text) : text;
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    private static int hexDigit(String text, int index) {
        char c = text.charAt(index);
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }
}
