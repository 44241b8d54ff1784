// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.GeneratedCues;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.xml.sax.SAXException;

/**
 * Validates what is written against the schema that SCTE publishes with the standard. It is not part of the project:
 * {@code -Dsrtnetty.scte35.xsd=FILE} names a copy.
 */
@EnabledIfSystemProperty(named = "srtnetty.scte35.xsd", matches = ".+")
class XmlSchemaTest {
    private final Schema schema = schema();

    private static Schema schema() {
        Path file = Path.of(System.getProperty("srtnetty.scte35.xsd"));
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(file.toFile());
        } catch (SAXException e) {
            throw new IllegalStateException(file + " is no schema", e);
        }
    }

    @Test
    void writesValidXml() {
        List<String> invalid = new ArrayList<>();
        int[] count = new int[1];
        GeneratedCues.ofSamples((cue, name) -> count[0] += validate(cue, name, invalid));
        GeneratedCues.mutated(5_000, 35, (cue, name) -> count[0] += validate(cue, name, invalid));
        GeneratedCues.random(5_000, 104, (cue, name) -> count[0] += validate(cue, name, invalid));
        System.out.println("XmlSchemaTest: " + count[0] + " documents");
        assertThat(invalid).isEmpty();
    }

    private int validate(SpliceInfoSection cue, String name, List<String> invalid) {
        String xml = new String(new XmlForm().write(cue), StandardCharsets.UTF_8);
        // The schema has a group Signal, no element.
        String document = xml.replaceFirst("<Signal xmlns=\"(.*)\">\\s*<Binary>", "<Binary xmlns=\"$1\">")
                .replace("</Signal>", "");
        try {
            schema.newValidator().validate(new StreamSource(new StringReader(document)));
        } catch (SAXException | IOException e) {
            invalid.add(name + ": " + e.getMessage() + "\n" + xml);
        }
        return 1;
    }
}
