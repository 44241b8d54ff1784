// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of the streams that the configuration lists. Any thread; blocks for the file. */
public interface StreamConfigs {
    /** Changes the settings of one stream. */
    @FunctionalInterface
    interface Change {
        /**
         * Returns the settings from now on.
         *
         * @param before the settings until now, null where the stream is not listed
         * @return null to remove the stream
         */
        @Nullable
        Map<String, @Nullable Object> apply(@Nullable Map<String, @Nullable Object> before);
    }

    /** Returns whether changes are written to the file; otherwise they are kept in memory. */
    boolean isWritten();

    /** Returns the settings of each stream by name, with secrets. */
    Map<String, Map<String, @Nullable Object>> all() throws IOException;

    /**
     * Changes a stream: checks the whole configuration, writes it and applies it. Other changes wait.
     *
     * @return what {@code change} returned
     * @throws io.github.srtnetty.relay.http.HttpProblem 422 with the key where the settings cannot be used, 409 where
     *     the file was changed by somebody else, 500 where it cannot be written; nothing has changed then
     */
    @Nullable
    Map<String, @Nullable Object> change(String name, Change change) throws IOException;
}
