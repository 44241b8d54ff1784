// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The keys of an object of the relay's file, each with the code that reads its value. */
final class KeyTable {
    private final Map<String, Value> values = new LinkedHashMap<>();

    /** Reads the value at which the parser is. */
    @FunctionalInterface
    interface Value {
        void read() throws IOException;
    }

    /** Adds a key; returns this table. */
    KeyTable with(String key, Value value) {
        values.put(key, value);
        return this;
    }

    /** Returns the keys, in the order in which they were added. */
    Set<String> keys() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Reads the value of a key; returns false where the table has no such key. */
    boolean read(String key) throws IOException {
        Value value = values.get(key);
        if (value == null) {
            return false;
        }
        value.read();
        return true;
    }
}
