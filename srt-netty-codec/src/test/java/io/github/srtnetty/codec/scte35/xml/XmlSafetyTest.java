// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.OracleTest;
import io.github.srtnetty.codec.scte35.Samples;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are built to harm: each is refused with one line, soon, and nothing is fetched. */
class XmlSafetyTest {
    private static final int CHANGED = 6_000;

    private final List<CueForm> forms = List.of(new XmlForm(), new XmlBinForm(), new DashForm());

    @TempDir
    private Path directory;

    @Test
    void fetchesNoExternalEntity() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "4242");
        String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
        String cue = "<SpliceInfoSection tier=\"&x;\"><SpliceNull/></SpliceInfoSection>";
        refuses(entity + cue, "no document type");
        refuses("<?xml version=\"1.0\"?>\n" + entity + cue, "no document type");
        refuses("<!DOCTYPE a SYSTEM \"" + secret.toUri() + "\">" + cue, "no document type");
        refuses("<a>" + entity + "</a>", "no document type");
        refuses(cue, "XML: ");
        assertThatThrownBy(() -> new XmlForm().read(bytes(entity + cue))).hasMessageNotContaining("4242");
    }

    @Test
    void expandsNoEntity() {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            bomb.append("<!ENTITY e" + i + " \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        refuses(bomb + "]><Binary>&e9;</Binary>", "no document type");
        refuses("<Binary>&e9;</Binary>", "XML: ");
        assertThat(XmlTest.read("<Signal><Binary>&#x2F;DARAAAAAAAAAP&#47;wAAAAAHpPv/8=</Binary></Signal>")
                        .tier())
                .isEqualTo(0xFFF);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "<SpliceInfoSection>",
                "<x xmlns='urn:x'><SpliceNull/>",
                "</a>",
                "<",
                "&amp;",
                "<!--",
                "<![CDATA[",
                "<?a ?>",
                "\"",
                " ",
                "<SpliceInfoSection/>",
                "<SpliceInfoSection a='1'/>",
                "<MPD><Period><AdaptationSet>",
                "<EventStream/>",
                "]]>",
                "\u0000"
            })
    void endsInTime_ofLongDocuments(String part) {
        byte[] document = bytes(part.repeat(400_000 / part.length()));
        for (CueForm form : forms) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertFailsInOneWay(form, document, ""));
        }
    }

    @Tag("slow")
    @Test
    void endsInTime_ofOneLongPart() {
        String digits = "1".repeat(500_000);
        List<String> documents = List.of(
                "<SpliceInfoSection tier='" + digits + "'><SpliceNull/></SpliceInfoSection>",
                "<SpliceInfoSection tier='" + "0".repeat(500_000) + "x'><SpliceNull/></SpliceInfoSection>",
                "<Signal><Binary>" + digits + "</Binary></Signal>",
                "<Signal><Binary>" + "/ ".repeat(250_000) + "</Binary></Signal>",
                "<Event>" + " ".repeat(500_000) + "x</Event>",
                "<" + "a".repeat(500_000) + "/>",
                "<Event>" + "<a/>".repeat(150_000) + "</Event>",
                "<EventStream schemeIdUri='urn:scte:scte35:2013:xml'>"
                        + "<Event>/DARAAAAAAAAAP/wAAAAAHpPv/8=</Event>".repeat(20_000)
                        + "</EventStream>",
                "<SpliceInfoSection><PrivateCommand identifier='1'>" + digits
                        + "1</PrivateCommand></SpliceInfoSection>",
                "<SpliceInfoSection><SpliceNull/>" + "<AvailDescriptor providerAvailId='1'/>".repeat(20_000)
                        + "</SpliceInfoSection>",
                "<SpliceInfoSection><SpliceSchedule>"
                        + "<Event spliceEventId='1' spliceEventCancelIndicator='1'/>".repeat(20_000)
                        + "</SpliceSchedule></SpliceInfoSection>");
        for (String document : documents) {
            for (CueForm form : forms) {
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> assertFailsInOneWay(form, bytes(document), ""));
            }
        }
    }

    @Test
    void refusesMoreElementsThanAManifestHas() {
        byte[] document = bytes("<EventStream>" + "<a/>".repeat(250_000) + "</EventStream>");
        assertThatThrownBy(() -> new DashForm().read(document)).hasMessageContaining("at most 200000 elements");
        String skipped = "<MPD><Period><AdaptationSet><Representation>" + "<a/>".repeat(250_000)
                + "</Representation></AdaptationSet></Period></MPD>";
        assertThat(new DashForm().read(bytes(skipped))).isEmpty();
    }

    @Test
    void refusesMoreThan16MiB() {
        byte[] document = new byte[(16 << 20) + 1];
        Arrays.fill(document, (byte) ' ');
        assertThatThrownBy(() -> new XmlForm().read(document)).hasMessageContaining("at most 16777216 bytes");
    }

    @Tag("slow")
    @Test
    void failsInOneWay_ofChangedDocuments() {
        long seed = Long.getLong("srtnetty.seed", System.nanoTime());
        System.out.println("XmlSafetyTest: -Dsrtnetty.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<Samples.Cue> cues = OracleTest.goodCues().stream()
                .filter(cue -> cue.bytes().length() < 700)
                .toList();
        String alphabet = "<>/=\"'&;:! 019aAx\u00e9\uffff\n";
        for (int i = 0; i < CHANGED; i++) {
            SpliceInfoSection cue = SpliceInfoSection.fromBase64(base64(cues.get(random.nextInt(cues.size()))));
            CueForm form = i % 3 == 0 ? new DashForm().withScheme(DashForm.XML) : new XmlForm();
            StringBuilder document = new StringBuilder(new String(form.write(cue), StandardCharsets.UTF_8));
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                document.setCharAt(
                        random.nextInt(document.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertFailsInOneWay(form, bytes(document.toString()), "seed " + seed + ", round " + i);
        }
    }

    private static String base64(Samples.Cue cue) {
        return Base64.getEncoder().encodeToString(cue.bytes().toArray());
    }

    @Tag("slow")
    @Test
    void failsInOneWay_ofRandomBytes() {
        long seed = Long.getLong("srtnetty.seed", System.nanoTime());
        System.out.println("XmlSafetyTest: -Dsrtnetty.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] document = new byte[random.nextInt(200)];
            random.nextBytes(document);
            assertFailsInOneWay(forms.get(i % 3), document, "seed " + seed);
        }
        for (int first = 0; first < 0x10000; first += 7) {
            assertFailsInOneWay(new XmlForm(), new byte[] {(byte) (first >>> 8), (byte) first, '<'}, "" + first);
        }
        assertFailsInOneWay(new XmlForm(), new byte[0], "no bytes");
    }

    private void refuses(String xml, String message) {
        for (CueForm form : forms) {
            assertThatThrownBy(() -> form.read(bytes(xml)))
                    .isInstanceOf(MalformedDataException.class)
                    .hasMessageContaining(message)
                    .hasMessageNotContaining("\n");
        }
    }

    private static void assertFailsInOneWay(CueForm form, byte[] document, String description) {
        try {
            form.read(document);
        } catch (MalformedDataException expected) {
            assertThat(expected.field()).isNotEmpty();
            assertThat(expected.getMessage()).hasSizeLessThan(500).doesNotContain("\n");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            String start = new String(document, 0, Math.min(document.length, 4000), StandardCharsets.UTF_8);
            fail(description + ", " + form.name() + ": " + start, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
