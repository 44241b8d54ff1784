// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.MalformedDataException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents with StAX: one, or several consecutive ones, as in a running stream. A document type is rejected, and
 * so are all entities except the five of XML, so nothing is fetched or expanded. Size and depth are limited.
 */
final class XmlParser {
    /** The largest document. A manifest of a day with a cue every minute is smaller. */
    static final int MOST_BYTES = 16 << 20;

    /** The most nested elements; an MPD with a cue has about 12. */
    private static final int MOST_DEPTH = 40;

    /** The most elements; a manifest of a day with a cue every minute has about 12000 outside its AdaptationSets. */
    private static final int MOST_ELEMENTS = 200_000;

    private static final int MOST_OF_MESSAGE = 200;

    /** The JDK's reports of namespace errors, for example ElementPrefixUnbound with prefix and element. */
    private static final Pattern NAMESPACE_ERROR =
            Pattern.compile("http://www.w3.org/[^#]*#(\\w+)\\?(.*)", Pattern.DOTALL);

    private static final String XML = "XML";

    /**
     * The start tag of an element around the documents. It allows several documents, makes a document type a syntax
     * error, and declares prefixes whose declaration is often missing in parts of manifests.
     */
    private static final String OPENING = "<documents xmlns:scte35=\"" + Namespaces.SCTE + "\" xmlns:SCTE35=\""
            + Namespaces.SCTE + "\" xmlns:xsi=\"" + XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI
            + "\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">";

    private static final String CLOSING = "</documents>";

    private final XMLStreamReader reader;
    private final Set<String> skipped;
    private final Deque<XmlNode> open = new ArrayDeque<>();
    private int elements;

    private XmlParser(XMLStreamReader reader, Set<String> skipped) {
        this.reader = reader;
        this.skipped = skipped;
    }

    /**
     * Returns the roots of the documents, at least one.
     *
     * @param skipped local names of elements that are ignored with their content
     * @throws MalformedDataException when the input is not XML, has a document type or exceeds a limit
     */
    static List<XmlNode> parse(byte[] documents, Set<String> skipped) {
        if (documents.length > MOST_BYTES) {
            throw new MalformedDataException(XML, "at most " + MOST_BYTES + " bytes", documents.length + " bytes");
        }
        return parse(XmlText.decode(documents), skipped);
    }

    private static List<XmlNode> parse(String documents, Set<String> skipped) {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(OPENING + documents + CLOSING));
            try {
                return new XmlParser(reader, skipped).parse();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            if (documents.contains("<!DOCTYPE")) {
                throw new MalformedDataException(XML, "no document type", "<!DOCTYPE, which is not read");
            }
            throw new MalformedDataException(XML, "a well-formed document", reason(e));
        }
    }

    /** Returns the factory of the JDK, whatever else is on the class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        return factory;
    }

    /** Returns the place and the message of the parser in one line. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("(?s)^ParseError at .*?Message: ", "");
        String reason = XmlElement.shown(inWords(message), MOST_OF_MESSAGE);
        if (e.getLocation() == null) {
            return reason;
        }
        int line = e.getLocation().getLineNumber();
        int column = e.getLocation().getColumnNumber() - (line == 1 ? OPENING.length() : 0);
        return "line " + line + ", column " + column + ": " + reason;
    }

    /** Returns the meaning of the parser's keys of namespace errors; other messages are unchanged. */
    private static String inWords(String message) {
        Matcher key = NAMESPACE_ERROR.matcher(message);
        if (!key.matches()) {
            return message;
        }
        String names = key.group(2).replace("&", ", ");
        return switch (key.group(1)) {
            case "ElementPrefixUnbound", "AttributePrefixUnbound" -> "a prefix that is not declared: " + names;
            case "AttributeNotUnique", "AttributeNSNotUnique" -> "an attribute twice: " + names;
            default -> key.group(1) + ": " + names;
        };
    }

    private List<XmlNode> parse() throws XMLStreamException {
        XmlNode documents = null;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlNode node = start();
                    documents = documents == null ? node : documents;
                }
                case XMLStreamConstants.END_ELEMENT -> open.pop();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw entity(reader.getLocalName());
                default -> {
                    // comments and processing instructions
                }
            }
        }
        if (documents == null || documents.children().isEmpty()) {
            throw new MalformedDataException(XML, "an element", "none");
        }
        return documents.children();
    }

    private void text(String text) {
        XmlNode node = Objects.requireNonNull(open.peek());
        if (open.size() == 1 && !text.isBlank()) {
            throw new MalformedDataException(XML, "nothing but elements", XmlElement.shown(text));
        }
        node.addText(text);
    }

    private static MalformedDataException entity(@Nullable String name) {
        return new MalformedDataException(XML, "no entity", "&" + XmlElement.shown(String.valueOf(name)) + ";");
    }

    /** Opens an element; an element to skip is read to its end and not added. */
    private XmlNode start() throws XMLStreamException {
        checkDepth(open.size());
        XmlNode node = new XmlNode(Objects.requireNonNullElse(reader.getNamespaceURI(), ""), reader.getLocalName());
        XmlNode parent = open.peek();
        if (parent != null && skipped.contains(node.name())) {
            skip(open.size());
            return node;
        }
        if (++elements > MOST_ELEMENTS) {
            throw new MalformedDataException(XML, "at most " + MOST_ELEMENTS + " elements", "more");
        }
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String uri = Objects.requireNonNullElse(reader.getAttributeNamespace(i), "");
            boolean own = uri.isEmpty() || uri.equals(node.namespace());
            String name = reader.getAttributeLocalName(i);
            if (own && !node.put(name, reader.getAttributeValue(i))) {
                throw new MalformedDataException(node.name() + "/@" + name, "it once", "it twice");
            }
        }
        if (parent != null) {
            parent.add(node);
        }
        open.push(node);
        return node;
    }

    private void skip(int depth) throws XMLStreamException {
        int inside = 1;
        while (inside > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                checkDepth(depth + inside++);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                inside--;
            }
        }
    }

    private static void checkDepth(int outer) {
        if (outer > MOST_DEPTH) {
            throw new MalformedDataException(XML, "at most " + MOST_DEPTH + " elements inside each other", "more");
        }
    }
}
