// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes cues as JSON exactly as threefive 3.0.69 prints them, with the same keys in the same order. This includes its
 * errors: it reads sub-segments or a short descriptor from the next descriptor, and stuffing as the CRC. Values that
 * threefive does not read (splice_schedule, components, audio_descriptor, encrypted sections) are added in the same
 * style.
 *
 * <p>For programs that replace threefive. {@link Scte35Json} writes only the values of the section, and {@link
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

    /**
     * Returns why {@link Scte35Json#parse} reads another cue from the output of {@link #toJson(SpliceInfoSection)},
     * because this form does not have all values of a cue; empty if it reads the same cue.
     */
    public Optional<String> lossOf(SpliceInfoSection section) {
        try {
            boolean same = Scte35Json.parse(toJson(section)).equals(section);
            return same ? Optional.empty() : Optional.of("some of its bytes are not in the JSON");
        } catch (MalformedDataException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
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
