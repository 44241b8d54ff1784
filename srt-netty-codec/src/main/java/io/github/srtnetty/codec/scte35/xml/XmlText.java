// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes documents to characters, in the encoding of the byte order mark or the XML declaration, otherwise UTF-8. */
final class XmlText {
    private static final Pattern DECLARATION = Pattern.compile("<\\?xml\\s[^?>]*\\?>");
    private static final Pattern ENCODING = Pattern.compile("<\\?xml\\s[^>]*encoding\\s*=\\s*[\"']([\\w.:\\-]{1,40})");
    private static final int DECLARATION_BYTES = 200;

    private XmlText() {}

    /**
     * Returns the characters without byte order marks and XML declarations, of which consecutive documents have
     * several.
     *
     * @throws MalformedDataException when the encoding is unknown or the bytes are not valid in it
     */
    static String decode(byte[] documents) {
        Charset charset = charset(documents);
        try {
            String text =
                    charset.newDecoder().decode(ByteBuffer.wrap(documents)).toString();
            return DECLARATION.matcher(text.replace("\uFEFF", "")).replaceAll("");
        } catch (CharacterCodingException e) {
            throw new MalformedDataException("XML", "characters in " + charset.name(), "bytes that are none");
        }
    }

    private static Charset charset(byte[] documents) {
        int first = documents.length < 2 ? 0 : (documents[0] & 0xFF) << 8 | documents[1] & 0xFF;
        switch (first) {
            case 0xFEFF, 0x003C:
                return StandardCharsets.UTF_16BE;
            case 0xFFFE, 0x3C00:
                return StandardCharsets.UTF_16LE;
            default:
                break;
        }
        int length = Math.min(documents.length, DECLARATION_BYTES);
        Matcher declared = ENCODING.matcher(new String(documents, 0, length, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(declared.group(1));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("XML", "an encoding that is known here", declared.group(1));
        }
    }
}
