// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.GeneratedCues;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.TimeSignal;
import io.github.srtnetty.codec.scte35.UnknownDescriptor;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cue that can be decoded comes back from its XML byte for byte. */
class XmlRoundTripTest {
    private static final int MUTATIONS = 5_000;
    private static final int GENERATED = 4_000;

    /** A form with a name for the report. */
    record Named(String name, CueForm form) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> forms() {
        return Stream.of(
                new Named("xml", new XmlForm()),
                new Named("xml of 2016", new XmlForm().withNamespace("http://www.scte.org/schemas/35/2016")),
                new Named("xml+bin", new XmlBinForm()),
                new Named("dash", new DashForm()),
                new Named("dash with XML", new DashForm().withScheme(DashForm.XML)),
                new Named("dash with base64", new DashForm().withScheme(DashForm.BIN)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("forms")
    void readsTheBytesThatItWrites(Named named) {
        BiConsumer<SpliceInfoSection, String> comesBack = comesBack(named.form);
        GeneratedCues.ofSamples(comesBack);
        GeneratedCues.mutated(MUTATIONS, 35, comesBack);
        GeneratedCues.random(GENERATED, 104, comesBack);
    }

    private static BiConsumer<SpliceInfoSection, String> comesBack(CueForm form) {
        return (cue, name) -> {
            byte[] written = form.write(cue);
            assertThat(form.read(written))
                    .as("%s: %s", name, new String(written, StandardCharsets.UTF_8))
                    .containsExactly(cue);
        };
    }

    @Test
    void readsTheBytesThatItWrites_ofCuesWithAWrongCrc_whenAskedTo() {
        DecodeOptions careless = DecodeOptions.STRICT.withBadCrc().withTruncated();
        for (Samples.Cue cue : Samples.cues()) {
            SpliceInfoSection section;
            try {
                section = SpliceInfoSection.decode(cue.bytes(), careless);
            } catch (MalformedDataException e) {
                continue;
            }
            comesBack(new XmlForm().withOptions(careless)).accept(section, cue.id());
            comesBack(new XmlBinForm().withOptions(careless)).accept(section, cue.id());
            comesBack(new DashForm().withOptions(careless)).accept(section, cue.id());
        }
    }

    @Test
    void writesElementsOfAllSampleCuesThatTheSchemaCanSay() {
        Set<String> binary = new TreeSet<>();
        Set<String> withBytes = new TreeSet<>();
        GeneratedCues.ofSamples((cue, name) -> {
            String xml = new String(new XmlForm().write(cue), StandardCharsets.UTF_8);
            if (xml.startsWith("<Signal")) {
                binary.add(name);
            } else if (xml.contains("<Bytes")) {
                withBytes.add(name);
            }
        });
        assertThat(binary)
                .containsExactly(
                        "rc-04", // an avail_descriptor of 4 bytes
                        "syn-cmd-reserved",
                        "syn-d-short4",
                        "syn-d-unknown-tag",
                        "syn-enc-des-cbc",
                        "syn-enc-des-ecb",
                        "syn-insert-comp-zero",
                        "syn-ssi1",
                        "syn-tid-fd",
                        "syn-upidlen-long",
                        "syn-ver1");
        assertThat(withBytes).hasSize(40); // most of them have a cw_index in the clear
    }

    @Test
    void readsSeveralCuesInTheirOrder() {
        List<SpliceInfoSection> cues = Stream.of(1L, 2L, 3L)
                .map(time -> SpliceInfoSection.builder(TimeSignal.at(time)).build())
                .toList();
        for (Named named : forms().toList()) {
            StringBuilder document = new StringBuilder();
            for (SpliceInfoSection cue : cues) {
                document.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                        .append(new String(named.form.write(cue), StandardCharsets.UTF_8));
            }
            byte[] bytes = document.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(named.form.read(bytes)).as(named.name).isEqualTo(cues);
        }
    }

    @Test
    void keepsExactBytesOfOneDescriptor_whenTheCommandIsChanged() {
        SpliceInfoSection cue = SpliceInfoSection.builder(TimeSignal.at(900_000))
                .descriptor(new UnknownDescriptor(
                        0, 0x43554549L, Bytes.fromHex("00000007aabb"))) // an avail_descriptor, and two bytes more
                .build();
        String xml = new String(new XmlForm().write(cue), StandardCharsets.UTF_8);
        assertThat(xml).contains("<AvailDescriptor providerAvailId=\"7\">", "4355454900000007aabb</Bytes>");
        String later = xml.replace("ptsTime=\"900000\"", "ptsTime=\"990000\"");
        SpliceInfoSection read =
                new XmlForm().read(later.getBytes(StandardCharsets.UTF_8)).get(0);
        assertThat(read.splicePts()).hasValue(990_000);
        assertThat(read.descriptorLoop()).isEqualTo(cue.descriptorLoop());
    }
}
