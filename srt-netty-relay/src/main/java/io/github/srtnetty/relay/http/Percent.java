// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percent-encoded text (RFC 3986), read strictly: what is not UTF-8 or not hexadecimal is an error. */
public final class Percent {
    private static final int HEX = 16;

    private Percent() {}

    /**
     * Decodes a segment of a path.
     *
     * @throws HttpProblem 400
     */
    public static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1) * HEX + hex(text, i + 2));
                i += 2;
            } else if (c > ' ' && c < 0x7f) {
                bytes.write(c);
            } else {
                throw wrong();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong();
        }
    }

    /**
     * Decodes a query; a plus is a space.
     *
     * @throws HttpProblem 400, also where a parameter is repeated
     */
    public static Map<String, String> query(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode((equals < 0 ? pair : pair.substring(0, equals)).replace("+", "%20"));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1).replace("+", "%20"));
            if (parameters.put(name, value) != null) {
                throw new HttpProblem(400, "a parameter is repeated");
            }
        }
        return parameters;
    }

    /** Encodes a segment of a path: everything but letters, digits, dot, underscore, tilde and minus. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + HEX);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
            if (plain || "._~-".indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(String.format("%02X", b));
            }
        }
        return encoded.toString();
    }

    private static int hex(String text, int index) {
        int digit = index < text.length() && text.charAt(index) < 0x7f ? Character.digit(text.charAt(index), HEX) : -1;
        if (digit < 0) {
            throw wrong();
        }
        return digit;
    }

    private static HttpProblem wrong() {
        return new HttpProblem(400, "the target is not percent-encoded UTF-8");
    }
}
