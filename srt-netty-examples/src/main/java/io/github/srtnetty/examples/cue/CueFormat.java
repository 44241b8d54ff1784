// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How a cue is printed. */
enum CueFormat {
    /** One JSON document over many lines, indented as threefive does. */
    JSON {
        @Override
        String print(SpliceInfoSection section, CueJson json) {
            return indented(out -> json.write(section, out));
        }

        @Override
        String print(Scte35Cue cue, CueJson json) {
            return indented(out -> json.write(cue, out));
        }
    },
    /** One JSON document a line. */
    JSONL {
        @Override
        String print(SpliceInfoSection section, CueJson json) {
            return written(null, out -> json.write(section, out));
        }

        @Override
        String print(Scte35Cue cue, CueJson json) {
            return written(null, out -> json.write(cue, out));
        }
    },
    /** One line to read. */
    TEXT {
        @Override
        String print(SpliceInfoSection section, CueJson json) {
            return CueLine.describe(section);
        }

        @Override
        String print(Scte35Cue cue, CueJson json) {
            return CueLine.describe(cue);
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();

    abstract String print(SpliceInfoSection section, CueJson json);

    abstract String print(Scte35Cue cue, CueJson json);

    private interface Body {
        void writeTo(JsonGenerator out) throws IOException;
    }

    private static String indented(Body body) {
        DefaultIndenter fourSpaces = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentObjectsWith(fourSpaces);
        printer.indentArraysWith(fourSpaces);
        return written(printer, body);
    }

    private static String written(@Nullable DefaultPrettyPrinter printer, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            if (printer != null) {
                out.setPrettyPrinter(printer);
            }
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }
}
