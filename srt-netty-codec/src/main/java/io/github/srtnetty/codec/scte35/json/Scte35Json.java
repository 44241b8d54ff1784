// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;

/**
 * Writes cues as JSON with the values of the section and its descriptors, and reads cues from JSON. Times are seconds
 * with at most six decimals; 32-bit numbers and bytes are hexadecimal; absent values are omitted.
 *
 * <p>Nothing is lost: {@link #parse} returns the same bytes. Bytes that are in no field have separate keys: {@code
 * alignment_stuffing}; {@code segmentation_upid_bytes} (of a DVB_DAS_descriptor {@code upid_bytes}) if the text of a
 * UPID does not determine its bytes; {@code bytes} of a descriptor that is private, broken, or longer than its fields;
 * {@code section_bytes} of a cue that is encrypted or not coded as the standard requires. If such a key is given, the
 * other keys must match it.
 *
 * <p>Immutable. Needs {@code jackson-core}, which is an optional dependency.
 */
public final class Scte35Json {
    private final CueWriter writer;

    /**
     * Creates a writer of times in seconds.
     *
     * @throws IllegalStateException when {@code jackson-core} is missing
     */
    public Scte35Json() {
        this(writer());
    }

    private Scte35Json(CueWriter writer) {
        this.writer = writer;
    }

    private static CueWriter writer() {
        Jackson.factory(); // before a class that cannot be loaded without it
        return new CueWriter(StandardForm.INSTANCE, false);
    }

    /**
     * Returns a writer that adds more keys at the end of each object. These are {@code KEY_ticks} for every time in
     * seconds, {@code adjusted_pts_time} (with pts_adjustment, modulo 2^33), event ids and CRC_32 with eight digits,
     * and the warnings.
     */
    public Scte35Json withTicks() {
        return new Scte35Json(new CueWriter(StandardForm.INSTANCE, true));
    }

    /**
     * Reads a cue from JSON as {@link #toJson(SpliceInfoSection)} or {@link ThreefiveJson} writes it: {@code command}
     * and, optionally, {@code info_section} and {@code descriptors}. Lengths, CRC and other computed values of the
     * coding may be wrong or absent. All other keys must be known and must not contradict each other: a misspelt key,
     * {@code pts_time} that is not {@code pts_time_ticks}, or another type's name is an error.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException with the path of the key, when the text is not such
     *     JSON
     */
    public static SpliceInfoSection parse(String json) {
        return JsonCueReader.read(JsonDocument.parse(json));
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
