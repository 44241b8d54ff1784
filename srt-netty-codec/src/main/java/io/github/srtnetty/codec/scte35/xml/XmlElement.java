// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An element with its path and the read methods for cues; an invalid value is a {@link MalformedDataException} with the
 * path. {@link #finish} rejects everything that was not read.
 */
final class XmlElement {
    /** Extensions, which the schema allows in nearly every element. */
    private static final String EXT = "Ext";

    /** The exact bytes in {@link #EXT}. */
    private static final String BYTES = "Bytes";

    private static final int MOST_SHOWN = 80;

    private final XmlNode node;
    private final @Nullable XmlElement parent;
    private final int number;
    private final Set<String> used = new HashSet<>();
    private boolean textUsed;

    /** Creates the element with its number among the parent's children of the same name; 0 if it is the only one. */
    private XmlElement(XmlNode node, @Nullable XmlElement parent, int number) {
        this.node = node;
        this.parent = parent;
        this.number = number;
        used.add(EXT);
    }

    /** Returns the root of a document. */
    static XmlElement root(XmlNode node) {
        return new XmlElement(node, null, 0);
    }

    /** Returns the roots of consecutive documents, numbered if there are several. */
    static List<XmlElement> roots(List<XmlNode> nodes) {
        List<XmlElement> roots = new ArrayList<>();
        for (XmlNode node : nodes) {
            roots.add(new XmlElement(node, null, nodes.size() == 1 ? 0 : roots.size() + 1));
        }
        return roots;
    }

    private String path() {
        String step = number == 0 ? shown(node.name()) : shown(node.name()) + "[" + number + "]";
        return parent == null ? step : parent.path() + "/" + step;
    }

    String name() {
        return node.name();
    }

    boolean isScte() {
        return node.isScte();
    }

    String namespace() {
        return node.namespace();
    }

    boolean has(String attribute) {
        return node.attributes().containsKey(attribute);
    }

    /** Returns an attribute without white space around it, or null. */
    @Nullable
    String attribute(String attribute) {
        used.add("@" + attribute);
        String value = node.attributes().get(attribute);
        return value == null ? null : value.strip();
    }

    /** Reads an unsigned number of {@code bits} bits, decimal, or hexadecimal with 0x; the attribute is required. */
    long number(String attribute, int bits) {
        String value = attribute(attribute);
        if (value == null) {
            throw unexpected(attribute, range(bits), "nothing");
        }
        long number = toNumber(value);
        if (number < 0 || number >>> bits != 0) {
            throw unexpected(attribute, range(bits), value);
        }
        return number;
    }

    long number(String attribute, int bits, long otherwise) {
        return has(attribute) ? number(attribute, bits) : otherwise;
    }

    private static String range(int bits) {
        return "a number from 0 to " + ((1L << bits) - 1);
    }

    private static long toNumber(String value) {
        if (value.matches("\\+?0*[0-9]{1,18}")) {
            return Long.parseLong(value);
        }
        return value.matches("0[xX][0-9a-fA-F]{1,15}") ? Long.parseLong(value.substring(2), 16) : -1;
    }

    /** Reads a required flag. */
    boolean flag(String attribute) {
        String value = attribute(attribute);
        return toFlag(attribute, value == null ? "nothing" : value);
    }

    boolean flag(String attribute, boolean otherwise) {
        String value = attribute(attribute);
        return value == null ? otherwise : toFlag(attribute, value);
    }

    private boolean toFlag(String attribute, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw unexpected(attribute, "true, false, 1 or 0", value);
        };
    }

    /** Checks attributes that do not apply to a cancelled event: only 0 and false are allowed. */
    void onlyNothing(String... attributes) {
        for (String attribute : attributes) {
            String value = attribute(attribute);
            if (value != null && !value.equals("0") && !value.equals("false")) {
                throw unexpected(attribute, "nothing, 0 or false with an event that is cancelled", value);
            }
        }
    }

    /** Returns all text directly in the element, white space collapsed as in xsd:token. */
    String token() {
        textUsed = true;
        return node.text().strip().replaceAll("\\s+", " ");
    }

    /** Reads hexadecimal digits, which may have white space between them. */
    Bytes hexText() {
        String digits = token().replace(" ", "");
        try {
            return Bytes.fromHex(digits);
        } catch (IllegalArgumentException e) {
            throw wrong("pairs of hexadecimal digits", digits);
        }
    }

    /** Returns all children except {@code Ext} in their order, and marks them as read. */
    List<XmlElement> children() {
        return children(child -> !child.name().equals(EXT));
    }

    /** Returns the children with this name in their order. */
    List<XmlElement> children(String name) {
        used.add(name);
        return children(child -> child.name().equals(name));
    }

    private List<XmlElement> children(Predicate<XmlNode> wanted) {
        Map<String, Integer> counts = new HashMap<>();
        node.children().forEach(child -> counts.merge(child.name(), 1, Integer::sum));
        Map<String, Integer> numbers = new HashMap<>();
        List<XmlElement> children = new ArrayList<>();
        for (XmlNode child : node.children()) {
            int ordinal = numbers.merge(child.name(), 1, Integer::sum);
            if (wanted.test(child)) {
                used.add(child.name());
                boolean single = counts.getOrDefault(child.name(), 1) == 1;
                children.add(new XmlElement(child, this, single ? 0 : ordinal));
            }
        }
        return children;
    }

    /** Returns the child with this name, or null; a second one is an error. */
    @Nullable
    XmlElement child(String name) {
        List<XmlElement> children = children(name);
        if (children.size() > 1) {
            throw children.get(1).wrong("one " + name, "one more");
        }
        return children.isEmpty() ? null : children.get(0);
    }

    /** Returns the exact bytes in {@code Ext}, or null. */
    @Nullable
    Bytes exactBytes() {
        Bytes bytes = null;
        for (XmlElement ext : children(EXT)) {
            for (XmlElement child : ext.children(BYTES)) {
                if (child.namespace().equals(Namespaces.EXACT)) {
                    if (bytes != null) {
                        throw child.wrong("one " + BYTES, "one more");
                    }
                    bytes = child.hexText();
                }
            }
        }
        return bytes;
    }

    /** Returns an {@code Ext} with exact bytes. */
    static XmlNode ext(Bytes bytes) {
        return XmlNode.scte(EXT).add(new XmlNode(Namespaces.EXACT, BYTES).addText(bytes.hex()));
    }

    /** Returns the path of {@link #ext}. */
    String exactPath() {
        return path() + "/" + EXT + "/" + BYTES;
    }

    /**
     * Throws for the first attribute, child or text that was not read, because it is unknown or contradicts another.
     */
    void finish() {
        for (var attribute : node.attributes().entrySet()) {
            if (!used.contains("@" + attribute.getKey())) {
                throw unexpected(shown(attribute.getKey()), "no such attribute here", shown(attribute.getValue()));
            }
        }
        Set<String> known = Set.copyOf(used);
        for (XmlElement child : children(child -> !known.contains(child.name()) || !child.isScte())) {
            String actual = child.isScte() ? "it" : "one in the namespace " + child.namespace();
            throw child.wrong("no such element here", actual);
        }
        if (!textUsed && !node.text().isBlank()) {
            throw wrong("no text", node.text());
        }
    }

    /** Returns the failure of an attribute with its path. */
    MalformedDataException unexpected(String attribute, String expected, String actual) {
        return new MalformedDataException(path() + "/@" + attribute, expected, shown(actual));
    }

    /** Returns the failure of the element with its path. */
    MalformedDataException wrong(String expected, String actual) {
        return new MalformedDataException(path(), expected, shown(actual));
    }

    /** Returns the failure of values that are valid separately, but not together. */
    MalformedDataException unfit(IllegalArgumentException e) {
        return wrong("values that fit a cue", String.valueOf(e.getMessage()));
    }

    /** Returns the start of a text that came from a document, in printable ASCII. */
    static String shown(String text) {
        return shown(text, MOST_SHOWN);
    }

    static String shown(String text, int most) {
        String start = text.length() > 2 * most ? text.substring(0, 2 * most) : text;
        String line = start.strip().replaceAll("[^\\x20-\\x7E]+", "?");
        return line.length() > most ? line.substring(0, most) + "..." : line;
    }

    @Override
    public String toString() {
        return path();
    }
}
