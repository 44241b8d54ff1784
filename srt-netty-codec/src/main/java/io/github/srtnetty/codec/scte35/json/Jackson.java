// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonFactory;

/** Access to Jackson's factory; if Jackson is missing, the error names the dependency. */
final class Jackson {
    private Jackson() {}

    /**
     * Returns the factory of readers and writers.
     *
     * @throws IllegalStateException when {@code jackson-core} is not on the class path
     */
    static JsonFactory factory() {
        try {
            return Holder.FACTORY;
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "JSON of cues needs com.fasterxml.jackson.core:jackson-core, an optional dependency of"
                            + " srt-netty-codec: add it to your build",
                    e);
        }
    }

    private static final class Holder {
        static final JsonFactory FACTORY = new JsonFactory();
    }
}
