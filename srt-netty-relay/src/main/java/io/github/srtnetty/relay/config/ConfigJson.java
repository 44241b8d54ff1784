// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.Suggestions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads values of the relay's file. Every error has file and line.
 *
 * @param json at the value
 * @param file the name of the file
 */
record ConfigJson(JsonParser json, String file) {
    /** Reads the value of a key. */
    @FunctionalInterface
    interface Field {
        void read(String key) throws IOException;
    }

    void fields(String what, Field field) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(what + " must be an object in braces");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            field.read(key);
        }
    }

    /** Reads an object by a table of its keys; any other key is an error that suggests the nearest one. */
    void fields(String what, KeyTable table) throws IOException {
        fields(what, key -> {
            if (!table.read(key)) {
                throw unknownKey(what + ": ", key, table.keys());
            }
        });
    }

    boolean flag() throws IOException {
        if (!json.currentToken().isBoolean()) {
            throw wrong(json.currentName() + ": must be true or false");
        }
        return json.getBooleanValue();
    }

    int number() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            boolean fraction = json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
            throw wrong(json.currentName() + (fraction ? ": must be a whole number in digits" : ": must be a number"));
        }
        if (json.getNumberType() != JsonParser.NumberType.INT) {
            throw wrong(json.currentName() + ": is out of range");
        }
        return json.getIntValue();
    }

    String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(json.currentName() + ": must be a string");
        }
        return json.getText();
    }

    /** Returns a text, or the texts of a list with commas between them. */
    String joined() throws IOException {
        return json.currentToken() == JsonToken.START_ARRAY ? String.join(", ", texts()) : text();
    }

    List<String> texts() throws IOException {
        String key = json.currentName();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(key + ": must be a list in brackets");
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw wrong(key + ": must be a list of strings");
            }
            texts.add(json.getText());
        }
        return texts;
    }

    /** Returns the error for a key that is not in {@code known}, with the nearest known key. */
    IOException unknownKey(String where, String key, Collection<String> known) {
        return wrong(where + "unknown key \"" + key + "\"" + Suggestions.didYouMean(key, known));
    }

    IOException wrong(String what) {
        return new ConfigException(
                file + ":" + json.currentTokenLocation().getLineNr(),
                json.getParsingContext().pathAsPointer().toString(),
                PeerText.printable(what));
    }
}
