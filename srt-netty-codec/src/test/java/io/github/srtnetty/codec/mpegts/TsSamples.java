// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The sample streams under {@code src/test/resources/ts} and the splice sections that each must yield. */
public final class TsSamples {
    /** Every sample; {@code base.ts} has no splice section. */
    public static final List<String> NAMES = List.of(
            "base.ts",
            "scte35.ts",
            "scte35-af-padding.ts",
            "scte35-bad-crc.ts",
            "scte35-cue-identifier.ts",
            "scte35-no-cuei.ts",
            "scte35-two-pids.ts");

    private static final Pattern FILE_OR_SECTION = Pattern.compile("\"([^\"]+\\.ts)\": \\[|\"b64\": \"([^\"]+)\"");

    private TsSamples() {}

    /** The bytes of a sample. */
    public static byte[] bytes(String name) {
        try (InputStream in = new GZIPInputStream(open(name + ".gz"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** The splice_info_sections of a sample, in stream order. */
    public static List<Bytes> expectedSections(String name) {
        List<Bytes> sections = new ArrayList<>();
        boolean inFile = false;
        Matcher matcher = FILE_OR_SECTION.matcher(text("expected.json"));
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                inFile = matcher.group(1).equals(name);
            } else if (inFile) {
                sections.add(Bytes.of(Base64.getDecoder().decode(matcher.group(2))));
            }
        }
        return sections;
    }

    private static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream in = TsSamples.class.getResourceAsStream("/ts/" + name);
        if (in == null) {
            throw new IOException("no resource /ts/" + name);
        }
        return in;
    }
}
