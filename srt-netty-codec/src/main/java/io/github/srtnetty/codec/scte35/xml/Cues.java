// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceCommand;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoBuilder;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conversion between cues and elements that keeps all bytes. Each written cue is read again, and the exact bytes are
 * added if the elements do not determine them.
 */
final class Cues {
    /** Elements that hold a cue. */
    static final Set<String> ELEMENTS = Set.of("SpliceInfoSection", "Signal", "Binary");

    private static final int TABLE_ID = 0xFC;
    private static final DecodeOptions LENIENT =
            DecodeOptions.STRICT.withBadCrc().withTruncated();

    private Cues() {}

    /** Returns the SpliceInfoSection of a cue, or a Signal with its bytes if the schema cannot represent it. */
    static XmlNode node(SpliceInfoSection cue) {
        XmlNode node = elements(cue);
        if (node == null) {
            return binaryNode(cue);
        }
        try {
            return values(XmlElement.root(node)).equals(cue) ? node : node.addFirst(XmlElement.ext(cue.bytes()));
        } catch (MalformedDataException e) {
            return binaryNode(cue); // longer than an encoder may make it
        }
    }

    /** Returns a Signal with the bytes of a cue. */
    static XmlNode binaryNode(SpliceInfoSection cue) {
        return XmlNode.scte("Signal").add(XmlNode.scte("Binary").addText(cue.toBase64()));
    }

    private static @Nullable XmlNode elements(SpliceInfoSection cue) {
        boolean standard = cue.tableId() == TABLE_ID && !cue.sectionSyntaxIndicator() && !cue.privateIndicator();
        if (!standard || cue.protocolVersion() != 0 || cue.encryptedPacket()) {
            return null;
        }
        XmlNode node = XmlNode.scte("SpliceInfoSection")
                .with("protocolVersion", cue.protocolVersion())
                .with("ptsAdjustment", cue.ptsAdjustment())
                .with("tier", cue.tier());
        if (cue.sapType() != 3) {
            node.with("sapType", cue.sapType());
        }
        XmlNode command = CommandNodes.of(cue.command());
        if (command == null) {
            return null;
        }
        node.add(command);
        Bytes loop = cue.descriptorLoop();
        int offset = 0;
        for (SpliceDescriptor descriptor : cue.descriptors()) {
            int length = loop.at(offset + 1);
            XmlNode child = Descriptors.node(descriptor, loop.slice(offset + 2, length));
            if (child == null) {
                return null;
            }
            node.add(child);
            offset += 2 + length;
        }
        return node;
    }

    /** Reads the cues of consecutive documents, each with one cue in its root. */
    static CueDocument examine(byte[] documents, DecodeOptions options) {
        List<SpliceInfoSection> cues = new ArrayList<>();
        List<MalformedDataException> failures = new ArrayList<>();
        List<XmlElement> roots = XmlElement.roots(XmlParser.parse(documents, Set.of()));
        for (XmlElement root : roots) {
            if (!ELEMENTS.contains(root.name())) {
                throw root.wrong("SpliceInfoSection, Signal or Binary (manifests are of the form dash)", root.name());
            }
            try {
                cues.add(read(root, options));
            } catch (MalformedDataException e) {
                failures.add(e);
            }
        }
        String summary = "XML with " + roots.size() + (roots.size() == 1 ? " root element" : " root elements");
        return new CueDocument(cues, failures, summary);
    }

    /** Returns the namespace of the first element that holds a cue, or "". */
    static String namespaceOf(byte[] documents) {
        return XmlParser.parse(documents, Set.of()).stream()
                .map(Cues::namespaceIn)
                .filter(uri -> !uri.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String namespaceIn(XmlNode node) {
        if (ELEMENTS.contains(node.name()) && node.isScte()) {
            return node.namespace();
        }
        return node.children().stream()
                .map(Cues::namespaceIn)
                .filter(uri -> !uri.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Reads an element with one of {@link #ELEMENTS} as its name. */
    static SpliceInfoSection read(XmlElement element, DecodeOptions options) {
        if (!element.isScte()) {
            throw element.wrong("the namespace " + Namespaces.SCTE, element.namespace());
        }
        return switch (element.name()) {
            case "SpliceInfoSection" -> section(element);
            case "Signal" -> signal(element, options);
            default -> binary(element, options);
        };
    }

    private static SpliceInfoSection signal(XmlElement element, DecodeOptions options) {
        List<XmlElement> children = element.children();
        element.finish();
        String name = children.size() == 1 ? children.get(0).name() : "";
        if (!name.equals("SpliceInfoSection") && !name.equals("Binary")) {
            throw element.wrong(
                    "one SpliceInfoSection or Binary", children.size() == 1 ? name : children.size() + " elements");
        }
        return read(children.get(0), options);
    }

    private static SpliceInfoSection binary(XmlElement element, DecodeOptions options) {
        String type = element.attribute("signalType");
        if (type != null && !type.equals("SpliceInfoSection")) {
            throw element.unexpected("signalType", "SpliceInfoSection", type);
        }
        String text = element.token();
        element.finish();
        return decode(element, text, options);
    }

    /** Decodes the base64 text of an element; failures get its path. */
    static SpliceInfoSection decode(XmlElement element, String text, DecodeOptions options) {
        try {
            return SpliceInfoSection.fromText(text, options);
        } catch (MalformedDataException e) {
            String cue = "a cue in base64";
            boolean none = e.field().equals("cue");
            throw element.wrong(none ? cue : cue + " with " + e.field() + " " + e.expected(), e.actual());
        }
    }

    private static SpliceInfoSection section(XmlElement element) {
        Bytes exact = element.exactBytes();
        SpliceInfoSection said = values(element);
        if (exact == null) {
            return said;
        }
        SpliceInfoSection coded = decodeExact(element, exact);
        XmlNode written = elements(coded);
        if (written == null || !values(XmlElement.root(written)).equals(said)) {
            String expected = "the section that the elements say (leave one of the two out)";
            throw new MalformedDataException(element.exactPath(), expected, XmlElement.shown(coded.toString()));
        }
        return coded;
    }

    private static SpliceInfoSection decodeExact(XmlElement element, Bytes exact) {
        try {
            return SpliceInfoSection.decode(exact, LENIENT);
        } catch (MalformedDataException e) {
            throw new MalformedDataException(
                    element.exactPath(), "a section with " + e.field() + " " + e.expected(), e.actual());
        }
    }

    /** Encodes the values of the elements. */
    private static SpliceInfoSection values(XmlElement element) {
        SpliceCommand command = null;
        List<SpliceDescriptor> descriptors = new ArrayList<>();
        long cwIndex = 0;
        for (XmlElement child : element.children()) {
            if (CommandReader.ELEMENTS.contains(child.name())) {
                if (command != null) {
                    throw child.wrong("one command", "one more");
                }
                command = CommandReader.read(child);
            } else if (DescriptorReader.TAGS.containsKey(child.name())
                    || child.name().equals(DescriptorReader.PRIVATE)) {
                descriptors.add(Descriptors.read(child));
            } else if (child.name().equals("EncryptedPacket")) {
                cwIndex = clearCwIndex(child);
            } else {
                throw child.wrong("a command or a descriptor", child.name());
            }
        }
        if (command == null) {
            throw element.wrong("a command, for example TimeSignal", "none");
        }
        return build(
                element,
                SpliceInfoSection.builder(command).descriptors(descriptors).cwIndex((int) cwIndex));
    }

    private static SpliceInfoSection build(XmlElement element, SpliceInfoBuilder builder) {
        if (element.number("protocolVersion", 8, 0) != 0) {
            throw element.unexpected("protocolVersion", "0", "" + element.attribute("protocolVersion"));
        }
        element.number("preRollMilliSeconds", 32, 0); // for the device that inserts the cue, not coded
        builder.sapType((int) element.number("sapType", 2, 3))
                .ptsAdjustment(element.number("ptsAdjustment", 33, 0))
                .tier((int) element.number("tier", 12, 0xFFF));
        element.finish();
        try {
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw element.unfit(e);
        }
    }

    /** Returns cw_index of a clear cue; XML has no key for encryption. */
    private static long clearCwIndex(XmlElement element) {
        if (element.number("encryptionAlgorithm", 8) != 0) {
            String actual = "" + element.attribute("encryptionAlgorithm");
            throw element.unexpected("encryptionAlgorithm", "0, as there is no key in XML", actual);
        }
        long cwIndex = element.number("cwIndex", 8);
        element.finish();
        return cwIndex;
    }
}
