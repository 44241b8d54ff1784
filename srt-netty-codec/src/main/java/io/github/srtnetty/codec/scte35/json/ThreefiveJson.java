// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;

/**
 * Writes cues as JSON exactly as threefive 3.0.69 prints them, key for key and in its order, also where threefive reads
 * sub-segments or a short descriptor out of the next descriptor, or takes stuffing for the CRC. Values that threefive
 * does not read (splice_schedule, components, audio_descriptor, encrypted sections) are added in the same style.
 *
 * <p>For programs that replace threefive; {@link Scte35Json} writes only what the section holds, and {@link
 * Scte35Json#parse} reads both. Immutable. Needs {@code jackson-core}, which is an optional dependency.
 */
public final class ThreefiveJson {
    private final CueWriter writer;

    /**
     * Creates a writer of times in seconds.
     *
     * @throws IllegalStateException when {@code jackson-core} is missing
     */
    public ThreefiveJson() {
        this(writer());
    }

    private ThreefiveJson(CueWriter writer) {
        this.writer = writer;
    }

    private static CueWriter writer() {
        Jackson.factory(); // before a class that cannot be loaded without it
        return new CueWriter(ThreefiveForm.INSTANCE, false);
    }

    /** Returns a writer that adds the keys of {@link Scte35Json#withTicks} at the end of each object. */
    public ThreefiveJson withTicks() {
        return new ThreefiveJson(new CueWriter(ThreefiveForm.INSTANCE, true));
    }

    /** Returns the cue as one line of JSON. */
    public String toJson(SpliceInfoSection section) {
        return writer.toJson(section);
    }

    /** Returns a cue from a stream as one line of JSON, with {@code packet_data}. */
    public String toJson(Scte35Cue cue) {
        return writer.toJson(cue);
    }

    /** Writes one object; the generator is neither flushed nor closed. */
    public void write(SpliceInfoSection section, JsonGenerator out) throws IOException {
        writer.write(section, out);
    }

    /** Writes one object with {@code packet_data}; the generator is neither flushed nor closed. */
    public void write(Scte35Cue cue, JsonGenerator out) throws IOException {
        writer.write(cue, out);
    }
}
