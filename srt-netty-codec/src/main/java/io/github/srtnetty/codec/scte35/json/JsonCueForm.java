// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.codec.scte35.form.CueForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code json} and {@code jsonl}: the JSON of {@link Scte35Json}, over many lines or with one line per cue. Reads one
 * object, several consecutive objects, or an array of them, in both layouts.
 *
 * <p>Immutable; may be shared. Needs {@code jackson-core}, which is an optional dependency.
 */
public final class JsonCueForm implements CueForm {
    private final Scte35Json json = new Scte35Json();
    private final String name;
    private final JsonLayout layout;

    private JsonCueForm(String name, JsonLayout layout) {
        this.name = name;
        this.layout = layout;
    }

    /** Returns the form {@code json}, which is indented. */
    public static JsonCueForm indented() {
        return new JsonCueForm("json", JsonLayout.INDENTED);
    }

    /** Returns the form {@code jsonl} with one cue per line. */
    public static JsonCueForm lines() {
        return new JsonCueForm("jsonl", JsonLayout.ONE_LINE);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CueDocument examine(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8).replace("\uFEFF", "");
        List<SpliceInfoSection> cues = new ArrayList<>();
        for (JsonObject object : JsonDocument.parseAll(text)) {
            try {
                cues.add(JsonCueReader.read(object));
            } catch (IllegalArgumentException e) {
                throw new MalformedDataException("JSON", "values that fit together", String.valueOf(e.getMessage()));
            }
        }
        return new CueDocument(cues, List.of(), "a document of " + name());
    }

    @Override
    public byte[] write(SpliceInfoSection cue) {
        return line(layout.print(out -> json.write(cue, out)));
    }

    @Override
    public byte[] write(Scte35Cue cue) {
        return line(layout.print(out -> json.write(cue, out)));
    }

    private static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
