// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import java.util.regex.Pattern;

/** The namespaces of cues in XML. */
final class Namespaces {
    /** The namespace of the schema, SCTE 35 2022b and 2023r1 7.1.1, which is written. */
    static final String SCTE = "http://www.scte.org/schemas/35";

    /**
     * The namespace of bytes that the schema cannot represent. They are in the element Ext, which other readers ignore.
     */
    static final String EXACT = "urn:io.github.srt-netty:scte35";

    /** MPEG-DASH, ISO/IEC 23009-1. */
    static final String DASH = "urn:mpeg:dash:schema:mpd:2011";

    /**
     * Spellings in use: {@code .../schemas/35/2016}, {@code .../schemas/35/2014SCTE35.xsd}, https, without www, and the
     * scheme of DASH events instead of the namespace.
     */
    private static final Pattern SPELLINGS =
            Pattern.compile("https?://(www\\.)?scte\\.org/schemas/35(/.*)?|urn:scte:scte35:\\d{4}.*");

    private Namespaces() {}

    /** Returns whether a namespace is that of the schema; no namespace, "", counts as one. */
    static boolean isScte(String uri) {
        return uri.isEmpty() || SPELLINGS.matcher(uri).matches();
    }

    /** Returns {@code uri}; throws {@link IllegalArgumentException} when it is not a namespace of the schema. */
    static String required(String uri) {
        if (uri.isEmpty() || !isScte(uri)) {
            throw new IllegalArgumentException("namespace: " + uri + " is not one of SCTE 35, such as " + SCTE);
        }
        return uri;
    }
}
