// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.Bytes;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes cues as JSON, with the keys, their order and their values as threefive 3.0.69 prints them: seconds with at most six
 * decimals, hexadecimal numbers with an even number of digits (CRC_32 without padding), absent values left out. What threefive
 * does not read (splice_schedule, components, audio_descriptor, encrypted sections) is added in the same style.
 *
 * <p>Immutable. Needs {@code jackson-core}, which is an optional dependency.
 */
public final class Scte35Json {
    /** Exactly what threefive prints, also where it reads sub-segments or a short descriptor out of the next one. */
    public static final Scte35Json THREEFIVE = new Scte35Json(Set.of());

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final List<String> SAP_DETAILS = List.of(
            "Type 1 Closed GOP with no leading pictures",
            "Type 2 Closed GOP with leading pictures",
            "Type 3 Open GOP",
            "No Sap Type");

    private final Set<Option> options;

    private enum Option {
        TICKS,
        CORRECTED
    }

    private Scte35Json(Set<Option> options) {
        this.options = options;
    }

    /**
     * Adds, at the end of each object, {@code KEY_ticks} for every time in seconds, {@code adjusted_pts_time} (pts_adjustment added,
     * modulo 2^33), event ids and CRC_32 with eight digits, private bytes, alignment_stuffing and the warnings; and where a UPID's text
     * does not tell its bytes, {@code segmentation_upid_bytes} (of a DVB_DAS_descriptor {@code upid_bytes}) in hexadecimal.
     */
    public Scte35Json withTicks() {
        return with(Option.TICKS);
    }

    /** Prints only what the descriptors really hold, and CRC_32 from where it is when stuffing comes before it. */
    public Scte35Json corrected() {
        return with(Option.CORRECTED);
    }

    private Scte35Json with(Option option) {
        Set<Option> more = new HashSet<>(options);
        more.add(option);
        return new Scte35Json(Set.copyOf(more));
    }

    /**
     * Makes a cue of JSON in this shape: {@code command}, and, when they are there, {@code info_section} and {@code descriptors}.
     * Lengths, CRC and what else is computed are not looked at; a {@code KEY_ticks} counts before {@code KEY} in seconds,
     * and {@code segmentation_upid_bytes} before {@code segmentation_upid}.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when it is no such JSON, with the key
     */
    public static SpliceInfoSection parse(String json) {
        return JsonCueReader.read(JsonObject.parse(FACTORY, json));
    }

    /** Returns the cue as one line of JSON. */
    public String toJson(SpliceInfoSection section) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(section, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Returns a cue from a stream as one line of JSON, with {@code packet_data}. */
    public String toJson(Scte35Cue cue) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(cue, out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Writes one object; the generator is neither flushed nor closed. */
    public void write(SpliceInfoSection section, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeBody(section, out);
        out.writeEndObject();
    }

    /** Writes one object with {@code packet_data}; the generator is neither flushed nor closed. */
    public void write(Scte35Cue cue, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeBody(cue.section(), out);
        new JsonFields(out, hasTicks()).packetData(cue);
        out.writeEndObject();
    }

    private boolean hasTicks() {
        return options.contains(Option.TICKS);
    }

    private void writeBody(SpliceInfoSection section, JsonGenerator out) throws IOException {
        JsonFields fields = new JsonFields(out, hasTicks());
        out.writeObjectFieldStart("info_section");
        writeInfo(section, fields);
        out.writeEndObject();
        out.writeObjectFieldStart("command");
        new JsonCommands(fields).write(section);
        out.writeEndObject();
        out.writeArrayFieldStart("descriptors");
        new JsonDescriptors(fields, !options.contains(Option.CORRECTED)).write(section);
        out.writeEndArray();
    }

    private void writeInfo(SpliceInfoSection section, JsonFields fields) throws IOException {
        fields.hex("table_id", section.tableId());
        fields.flag("section_syntax_indicator", section.sectionSyntaxIndicator());
        fields.flag("private", section.privateIndicator());
        fields.hex("sap_type", section.sapType());
        fields.text("sap_details", SAP_DETAILS.get(section.sapType()));
        fields.number("section_length", section.sectionLength());
        fields.number("protocol_version", section.protocolVersion());
        fields.flag("encrypted_packet", section.encryptedPacket());
        fields.number("encryption_algorithm", section.encryptionAlgorithm());
        fields.seconds("pts_adjustment", section.ptsAdjustment());
        fields.hex("cw_index", section.cwIndex());
        fields.hex("tier", section.tier());
        fields.number("splice_command_length", section.spliceCommandLength());
        fields.number("splice_command_type", section.command().spliceCommandType());
        fields.number("descriptor_loop_length", section.descriptorLoopLength());
        fields.text("crc", "0x" + Long.toHexString(crcAsPrinted(section)));
        if (hasTicks()) {
            fields.ticks("pts_adjustment", section.ptsAdjustment());
            fields.text("crc_32", String.format("0x%08x", section.crc32()));
            if (!section.alignmentStuffing().isEmpty()) {
                fields.text("alignment_stuffing", section.alignmentStuffing().hex());
            }
            fields.warnings(section.warnings());
        }
    }

    /** threefive takes the four bytes behind the descriptors, which are stuffing when there is some. */
    private long crcAsPrinted(SpliceInfoSection section) {
        Bytes stuffing = section.alignmentStuffing();
        if (stuffing.isEmpty() || section.encryptedPacket() || options.contains(Option.CORRECTED)) {
            return section.crc32();
        }
        int take = Math.min(4, stuffing.length());
        long first = stuffing.slice(0, take).toLong();
        return (first << (8 * (4 - take)) | section.crc32() >>> (8 * take)) & 0xFFFFFFFFL;
    }
}
