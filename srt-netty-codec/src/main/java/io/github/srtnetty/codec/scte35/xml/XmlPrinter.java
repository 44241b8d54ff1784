// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes elements, one per line; each namespace is the default namespace of the outermost element that has it. */
final class XmlPrinter {
    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder(512);
    private final String scteNamespace;

    private XmlPrinter(String scteNamespace) {
        this.scteNamespace = scteNamespace;
    }

    /** Returns the document in UTF-8, with a line break at its end; elements of the schema are in {@code namespace}. */
    static byte[] print(XmlNode root, String namespace) {
        XmlPrinter printer = new XmlPrinter(namespace);
        printer.element(root, "", "");
        return printer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(XmlNode node, String outerNamespace, String indent) {
        String namespace = node.namespace().equals(Namespaces.SCTE) ? scteNamespace : node.namespace();
        out.append(indent).append('<').append(node.name());
        if (!namespace.equals(outerNamespace)) {
            attribute("xmlns", namespace);
        }
        for (Map.Entry<String, String> attribute : node.attributes().entrySet()) {
            attribute(attribute.getKey(), attribute.getValue());
        }
        if (node.children().isEmpty() && node.text().isEmpty()) {
            out.append("/>\n");
            return;
        }
        out.append('>');
        escaped(node.text());
        if (!node.children().isEmpty()) {
            out.append('\n');
            for (XmlNode child : node.children()) {
                element(child, namespace, indent + INDENT);
            }
            out.append(indent);
        }
        out.append("</").append(node.name()).append(">\n");
    }

    private void attribute(String name, String value) {
        out.append(' ').append(name).append("=\"");
        escaped(value);
        out.append('"');
    }

    private void escaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }
}
