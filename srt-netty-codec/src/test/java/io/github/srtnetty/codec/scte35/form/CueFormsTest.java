// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.GeneratedCues;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.SpliceInsert;
import io.github.srtnetty.codec.scte35.emsg.EmsgForm;
import io.github.srtnetty.codec.scte35.hls.HlsForm;
import io.github.srtnetty.codec.scte35.hls.HlsTag;
import io.github.srtnetty.codec.scte35.json.JsonCueForm;
import io.github.srtnetty.codec.scte35.xml.DashForm;
import io.github.srtnetty.codec.scte35.xml.XmlBinForm;
import io.github.srtnetty.codec.scte35.xml.XmlForm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every written form: each cue comes back byte for byte, and no document breaks the reader. */
class CueFormsTest {
    private static final int MUTATIONS = 4_000;
    private static final int GENERATED = 3_000;
    private static final int BROKEN = 4_000;

    private final long seed = Long.getLong("srtnetty.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    /** A form with a name for the report. */
    record Named(String name, CueForm form) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> forms() {
        return Stream.of(
                new Named("json", JsonCueForm.indented()),
                new Named("jsonl", JsonCueForm.lines()),
                new Named("base64", new Base64Form()),
                new Named("hex", new HexForm()),
                new Named("hls", new HlsForm()),
                new Named("hls with all tags", new HlsForm().withTags(EnumSet.allOf(HlsTag.class))),
                new Named("hls with EXT-OATCLS-SCTE35", new HlsForm().withTags(EnumSet.of(HlsTag.OATCLS))),
                new Named("hls with EXT-X-SCTE35", new HlsForm().withTags(EnumSet.of(HlsTag.SCTE35))),
                new Named("xml", new XmlForm()),
                new Named("xml+bin", new XmlBinForm()),
                new Named("dash", new DashForm()),
                new Named("emsg", new EmsgForm()),
                new Named("emsg version 0", new EmsgForm().withVersion(0)));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("forms")
    void readsTheBytesThatItWrites(Named named) {
        BiConsumer<SpliceInfoSection, String> comesBack = (cue, name) ->
                assertThat(named.form.read(named.form.write(cue))).as(name).containsExactly(cue);
        GeneratedCues.ofSamples(comesBack);
        GeneratedCues.mutated(MUTATIONS, 35, comesBack);
        GeneratedCues.random(GENERATED, 104, comesBack);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void readsSeveralCuesInTheirOrder(Named named) {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        List<SpliceInfoSection> cues = List.of(cue(1), cue(2), cue(3));
        cues.forEach(cue -> document.writeBytes(named.form.write(cue)));
        assertThat(named.form.read(document.toByteArray())).isEqualTo(cues);
        assertThat(named.form.examine(document.toByteArray()).failures()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void failsInOneWay_ofRandomBytes(Named named) {
        tryAll(named, document -> {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            document.writeBytes(bytes);
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("forms")
    void failsInOneWay_ofChangedDocuments(Named named) {
        List<byte[]> sound = List.of(named.form.write(cue(1)), named.form.write(cue(2)));
        tryAll(named, document -> {
            byte[] bytes = sound.get(random.nextInt(2)).clone();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            document.write(bytes, 0, random.nextInt(8) == 0 ? random.nextInt(bytes.length) : bytes.length);
            document.writeBytes(sound.get(random.nextInt(2)));
        });
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("forms")
    void endsInTime_ofLongDocuments(Named named) {
        for (String part :
                List.of("0x30 ", "fc", "/DAW", "=", "\"", ",", "[", "{\"a\":", "#EXT-X-SCTE35:CUE=\n", "\n")) {
            byte[] document = part.repeat(50_000).getBytes(StandardCharsets.US_ASCII);
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertFailsInOneWay(named, document));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void hasALineBreakAtTheEnd_whenItIsText(Named named) {
        byte[] written = named.form.write(cue(1));
        if (!named.form.isBinary()) {
            assertThat(new String(written, StandardCharsets.UTF_8)).endsWith("\n");
        }
    }

    @Test
    void digitsMayBeWrapped_andSurroundedByBlankLines() {
        String base64 = cue(1).toBase64();
        assertThat(new Base64Form()
                        .read(bytes("\uFEFF\n" + base64.substring(0, 9) + "\n" + base64.substring(9) + "\n\n")))
                .containsExactly(cue(1));
        String hex = cue(1).bytes().hex();
        assertThat(new HexForm().read(bytes(hex.substring(0, 10) + "\r\n" + hex.substring(10))))
                .containsExactly(cue(1));
    }

    @Test
    void namesTheLineOfDigitsThatAreNoCue_andGivesTheOthers() {
        byte[] document = bytes(cue(1).toBase64() + "\nabc\n" + cue(2).toBase64() + "\n");
        CueDocument read = new Base64Form().examine(document);
        assertThat(read.cues()).containsExactly(cue(1), cue(2));
        assertThat(read.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageStartingWith("line 2: "));
        assertThatThrownBy(() -> new Base64Form().read(document)).hasMessageStartingWith("line 2: ");
    }

    @Test
    void anArrayOfJsonIsRead_andAFailureNamesItsCue() {
        String array = "[" + text(cue(1)) + "," + text(cue(2)) + "]";
        assertThat(JsonCueForm.indented().read(bytes(array))).containsExactly(cue(1), cue(2));
        assertThat(JsonCueForm.indented().read(bytes("[]"))).isEmpty();
        assertThatThrownBy(() -> JsonCueForm.indented().read(bytes(text(cue(1)) + "{\"comand\":{}}")))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageStartingWith("[1]");
        assertThatThrownBy(() -> JsonCueForm.indented().read(bytes(" "))).hasMessageContaining("nothing");
    }

    private static String text(SpliceInfoSection cue) {
        return new String(JsonCueForm.lines().write(cue), StandardCharsets.UTF_8).strip();
    }

    private void tryAll(Named named, Consumer<ByteArrayOutputStream> maker) {
        System.out.println("CueFormsTest " + named + ": -Dsrtnetty.seed=" + seed);
        for (int i = 0; i < BROKEN; i++) {
            ByteArrayOutputStream document = new ByteArrayOutputStream();
            maker.accept(document);
            assertFailsInOneWay(named, document.toByteArray());
        }
    }

    private void assertFailsInOneWay(Named named, byte[] document) {
        try {
            named.form.read(document);
        } catch (MalformedDataException expected) {
            assertThat(expected.field()).isNotEmpty();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String start = new String(document, 0, Math.min(document.length, 400), StandardCharsets.ISO_8859_1);
            fail("seed " + seed + ", " + named + ": " + start, e);
        }
    }

    private static SpliceInfoSection cue(int eventId) {
        return SpliceInfoSection.builder(SpliceInsert.builder(eventId).build()).build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
