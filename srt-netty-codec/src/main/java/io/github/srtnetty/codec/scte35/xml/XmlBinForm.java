// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;

/**
 * The binary representation in XML, SCTE 35 7.4: {@code <Signal><Binary>base64</Binary></Signal>}.
 *
 * <p>Reads the same documents as {@link XmlForm}, because the schema allows a {@code SpliceInfoSection} in place of
 * {@code Binary}.
 */
public final class XmlBinForm implements CueForm {
    private final String namespace;
    private final DecodeOptions options;

    /** Creates the form with {@link XmlForm#NAMESPACE} and {@link DecodeOptions#STRICT}. */
    public XmlBinForm() {
        this(XmlForm.NAMESPACE, DecodeOptions.STRICT);
    }

    private XmlBinForm(String namespace, DecodeOptions options) {
        this.namespace = namespace;
        this.options = options;
    }

    /**
     * Returns a form that writes another namespace, for example {@code http://www.scte.org/schemas/35/2016}.
     *
     * @throws IllegalArgumentException when {@code uri} is not a spelling of the schema's namespace
     */
    public XmlBinForm withNamespace(String uri) {
        return new XmlBinForm(Namespaces.required(uri), options);
    }

    /** Returns a form that decodes {@code Binary} with {@code value}; default {@link DecodeOptions#STRICT}. */
    public XmlBinForm withOptions(DecodeOptions value) {
        return new XmlBinForm(namespace, value);
    }

    @Override
    public String name() {
        return "xml+bin";
    }

    @Override
    public CueDocument examine(byte[] document) {
        return Cues.examine(document, options);
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return XmlPrinter.print(Cues.binaryNode(cue), namespace);
    }
}
