// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;

/**
 * XML by the schema of SCTE 35 2023r1: an element {@code SpliceInfoSection} with one attribute for each field, in the
 * namespace {@code http://www.scte.org/schemas/35}. Its output is valid against the published schema.
 *
 * <p>Nothing is lost. The elements may not determine all bytes of a cue, for example reserved bits that are 0, cw_index
 * of a clear cue, or bytes after the fields of a descriptor. {@code Ext}, the element for extensions, then holds the
 * bytes in hexadecimal, in an element {@code Bytes} of the namespace {@code urn:io.github.srt-netty:scte35}. In a
 * descriptor these are all bytes after descriptor_length, in the {@code SpliceInfoSection} the whole section. When such
 * a document is read, the other elements must match the bytes. A cue that the schema cannot represent is written as
 * {@code Signal} with a {@code Binary}, as in {@link XmlBinForm}: an encrypted cue, a command of a reserved type,
 * protocol_version other than 0, and a descriptor of the standard that is broken or has a reserved tag.
 *
 * <p>Reads the three elements that hold a cue, {@code SpliceInfoSection}, {@code Signal} and {@code Binary}, one or
 * several consecutive ones, in any spelling of the namespace or without one. Elements and attributes of that namespace
 * that are unknown, contradict each other or are out of range are errors, with the path, for example {@code
 * SpliceInfoSection/SpliceInsert/@spliceEventId}; foreign attributes and the content of {@code Ext} are ignored.
 *
 * <p>utc_splice_time is written as date and time, as the standard requires: {@link
 * io.github.srtnetty.codec.scte35.SpliceSchedule#GPS_EPOCH} plus that many seconds, without a table of leap seconds.
 */
public final class XmlForm implements CueForm {
    /** The namespace that is written by default. */
    public static final String NAMESPACE = Namespaces.SCTE;

    private final String namespace;
    private final DecodeOptions options;

    /** Creates the form with {@link #NAMESPACE} and {@link DecodeOptions#STRICT}. */
    public XmlForm() {
        this(NAMESPACE, DecodeOptions.STRICT);
    }

    private XmlForm(String namespace, DecodeOptions options) {
        this.namespace = namespace;
        this.options = options;
    }

    /**
     * Returns a form that writes another namespace, for example {@code http://www.scte.org/schemas/35/2016}.
     *
     * @throws IllegalArgumentException when {@code uri} is not a spelling of the schema's namespace
     */
    public XmlForm withNamespace(String uri) {
        return new XmlForm(Namespaces.required(uri), options);
    }

    /**
     * Returns a form that writes the namespace of the first cue in {@code document}, so that a cue that is read and
     * changed keeps it. Returns this form if the document has no cue.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the document is not XML
     */
    public XmlForm withNamespaceOf(byte[] document) {
        String uri = Cues.namespaceOf(document);
        return uri.isEmpty() ? this : withNamespace(uri);
    }

    /** Returns a form that decodes {@code Binary} with {@code value}; default {@link DecodeOptions#STRICT}. */
    public XmlForm withOptions(DecodeOptions value) {
        return new XmlForm(namespace, value);
    }

    @Override
    public String name() {
        return "xml";
    }

    @Override
    public CueDocument examine(byte[] document) {
        return Cues.examine(document, options);
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return XmlPrinter.print(Cues.node(cue), namespace);
    }
}
