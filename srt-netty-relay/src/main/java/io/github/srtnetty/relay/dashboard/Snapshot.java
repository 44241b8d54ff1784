// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import io.github.srtnetty.relay.http.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All streams at one moment. It is written once, for all pages. Any thread. */
final class Snapshot {
    static final Snapshot EMPTY = new Snapshot(Instant.EPOCH, false, Map.of(), json -> {});

    private final Instant time;
    private final boolean draining;
    private final Map<String, StreamRow> rows;
    private final Json.Fields more;
    private volatile byte @Nullable [] json;

    /**
     * Creates one.
     *
     * @param more writes further fields
     */
    Snapshot(Instant time, boolean draining, Map<String, StreamRow> rows, Json.Fields more) {
        this.time = time;
        this.draining = draining;
        this.rows = rows;
        this.more = more;
    }

    Instant time() {
        return time;
    }

    boolean draining() {
        return draining;
    }

    Map<String, StreamRow> rows() {
        return rows;
    }

    byte[] json() {
        byte[] written = json;
        if (written == null) {
            written = Json.object(generator -> {
                StreamRow.time("time", time, generator);
                generator.writeBooleanField("draining", draining);
                generator.writeArrayFieldStart("streams");
                for (StreamRow row : rows.values()) {
                    row.write(generator);
                }
                generator.writeEndArray();
                more.write(generator);
            });
            json = written;
        }
        return written;
    }
}
