// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The layout of JSON. */
public enum JsonLayout {
    /** One line, without blanks. */
    ONE_LINE,
    /** Many lines, each level indented by four blanks. */
    INDENTED;

    /** Writes one object. */
    @FunctionalInterface
    public interface Body {
        /** Writes to {@code out}, and neither flushes nor closes it. */
        void writeTo(JsonGenerator out) throws IOException;
    }

    /** Returns the output of {@code body}, without a line break at the end. */
    public String print(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Jackson.factory().createGenerator(text)) {
            if (this == INDENTED) {
                out.setPrettyPrinter(printer());
            }
            body.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter fourSpaces = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentObjectsWith(fourSpaces);
        printer.indentArraysWith(fourSpaces);
        return printer;
    }
}
