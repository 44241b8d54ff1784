// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.hls;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An attribute list, RFC 8216 4.2: {@code NAME=value,NAME="quoted, value"}. It also reads what packagers write: blanks
 * around commas, names in lower case, and values without a name ({@code 30.000}).
 */
final class AttributeList {
    /**
     * One attribute.
     *
     * @param name in upper case; empty if there is only a value
     * @param value without quotes
     */
    record Attribute(String name, String value) {}

    private final String text;
    private int position;

    private AttributeList(String text) {
        this.text = text;
    }

    /**
     * Reads a list, which is empty for an empty text.
     *
     * @throws MalformedDataException when a quote is not closed or text follows it
     */
    static List<Attribute> parse(String text) {
        AttributeList list = new AttributeList(text);
        List<Attribute> attributes = new ArrayList<>();
        while (list.position < text.length()) {
            Attribute attribute = list.next();
            if (!attribute.name.isEmpty() || !attribute.value.isEmpty()) {
                attributes.add(attribute);
            }
        }
        return attributes;
    }

    private Attribute next() {
        int start = position;
        while (position < text.length() && "=,\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '=') {
            String name = text.substring(start, position).strip().toUpperCase(Locale.ROOT);
            position++;
            return new Attribute(name, value());
        }
        position = start;
        return new Attribute("", value());
    }

    private String value() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        if (position < text.length() && text.charAt(position) == '"') {
            return quoted();
        }
        return upToComma();
    }

    private String quoted() {
        int end = text.indexOf('"', position + 1);
        if (end < 0) {
            throw new MalformedDataException("attribute list", "a closing quote", "the end of the line");
        }
        String value = text.substring(position + 1, end);
        position = end + 1;
        String behind = upToComma();
        if (!behind.isEmpty()) {
            throw new MalformedDataException("attribute list", "a comma behind the quoted value", "other text");
        }
        return value;
    }

    private String upToComma() {
        int comma = text.indexOf(',', position);
        int end = comma < 0 ? text.length() : comma;
        String value = text.substring(position, end).strip();
        position = Math.min(end + 1, text.length());
        return value;
    }
}
