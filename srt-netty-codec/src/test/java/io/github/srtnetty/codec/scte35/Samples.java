// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The cues and streams of the test resources, with what other programs make of them. */
public final class Samples {
    /** One cue: how it is coded and whether its CRC is "ok", "bad" or "none". */
    public record Cue(String id, Bytes bytes, String crc) {
        @Override
        public String toString() {
            return id;
        }
    }

    private Samples() {}

    public static List<Cue> cues() {
        List<Cue> cues = new ArrayList<>();
        for (String line : lines("/scte35/vectors.tsv")) {
            String[] columns = line.split("\t", -1);
            if (!columns[0].equals("id")) {
                cues.add(new Cue(columns[0], CueText.fromBase64(columns[3]), columns[4]));
            }
        }
        return cues;
    }

    public static Cue cue(String id) {
        return cues().stream().filter(cue -> cue.id.equals(id)).findFirst().orElseThrow();
    }

    /** Returns the objects of expected.jsonl or threefive.jsonl by their id. */
    public static Map<String, Map<String, Object>> decodes(String program) {
        Map<String, Map<String, Object>> decodes = new LinkedHashMap<>();
        for (String line : lines("/scte35/" + program + ".jsonl")) {
            Map<String, Object> row = TestJson.object(TestJson.parse(line));
            decodes.put((String) row.get("id"), TestJson.object(row.get(program)));
        }
        return decodes;
    }

    /** Returns a transport stream, by its name without ".gz". */
    static byte[] stream(String name) {
        try (InputStream in = new GZIPInputStream(open("/ts/" + name + ".gz"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the cues in base64 that each transport stream carries. */
    static Map<String, List<String>> streams() {
        Map<String, List<String>> streams = new LinkedHashMap<>();
        TestJson.object(TestJson.parse(text("/ts/expected.json")))
                .forEach((name, cues) -> streams.put(
                        name,
                        TestJson.array(cues).stream()
                                .map(cue -> (String) TestJson.object(cue).get("b64"))
                                .toList()));
        return streams;
    }

    private static List<String> lines(String name) {
        return text(name).lines().toList();
    }

    private static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Samples.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("no test resource " + name);
        }
        return in;
    }
}
