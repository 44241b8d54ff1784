// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON into memory. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Writes the fields of an object, or a value. */
    @FunctionalInterface
    public interface Fields {
        /** Writes to the generator; the caller closes it. */
        void write(JsonGenerator json) throws IOException;
    }

    private Json() {}

    /** Returns an object in UTF-8. */
    public static byte[] object(Fields fields) {
        return value(json -> {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        });
    }

    /** Returns what is written, in UTF-8. */
    public static byte[] value(Fields value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            value.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }
}
