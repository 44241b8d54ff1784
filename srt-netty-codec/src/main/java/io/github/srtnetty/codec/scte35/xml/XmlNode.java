// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element that was read or will be written. Its attributes have no namespace or that of the element. */
final class XmlNode {
    private final String namespace;
    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlNode> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlNode(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /** Creates an element of the schema. */
    static XmlNode scte(String name) {
        return new XmlNode(Namespaces.SCTE, name);
    }

    /** Sets an attribute; returns whether it was not there before. */
    boolean put(String attribute, String value) {
        return attributes.putIfAbsent(attribute, value) == null;
    }

    /** Adds an attribute. */
    XmlNode with(String attribute, String value) {
        put(attribute, value);
        return this;
    }

    /** Adds an attribute. */
    XmlNode with(String attribute, long value) {
        return with(attribute, Long.toString(value));
    }

    /** Adds an attribute. */
    XmlNode with(String attribute, boolean value) {
        return with(attribute, Boolean.toString(value));
    }

    /** Adds a child after the others. */
    XmlNode add(XmlNode child) {
        children.add(child);
        return this;
    }

    /** Adds a child before the others. */
    XmlNode addFirst(XmlNode child) {
        children.add(0, child);
        return this;
    }

    /** Appends text. */
    XmlNode addText(String more) {
        text.append(more);
        return this;
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    Map<String, String> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    List<XmlNode> children() {
        return Collections.unmodifiableList(children);
    }

    /** Returns all text directly in the element. */
    String text() {
        return text.toString();
    }

    /** Returns whether the element is one of the schema. */
    boolean isScte() {
        return Namespaces.isScte(namespace);
    }

    @Override
    public String toString() {
        return "{" + namespace + "}" + name;
    }
}
