// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;
import java.util.List;

/** Writes the keys of a cue in their order; the form provides the values that differ between forms. */
record CueWriter(JsonForm form, boolean withTicks) {
    static final List<String> SAP_DETAILS = List.of(
            "Type 1 Closed GOP with no leading pictures",
            "Type 2 Closed GOP with leading pictures",
            "Type 3 Open GOP",
            "No Sap Type");

    String toJson(SpliceInfoSection section) {
        return JsonLayout.ONE_LINE.print(out -> write(section, out));
    }

    String toJson(Scte35Cue cue) {
        return JsonLayout.ONE_LINE.print(out -> write(cue, out));
    }

    void write(SpliceInfoSection section, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeBody(section, out);
        out.writeEndObject();
    }

    void write(Scte35Cue cue, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeBody(cue.section(), out);
        fields(out).packetData(cue);
        out.writeEndObject();
    }

    private void writeBody(SpliceInfoSection section, JsonGenerator out) throws IOException {
        JsonFields fields = fields(out);
        out.writeObjectFieldStart("info_section");
        writeInfo(section, fields);
        out.writeEndObject();
        out.writeObjectFieldStart("command");
        new JsonCommands(fields).write(section);
        out.writeEndObject();
        out.writeArrayFieldStart("descriptors");
        new JsonDescriptors(fields, form).write(section);
        out.writeEndArray();
        if (form.keepsBytes() && !ExactBytes.areGivenBy(section)) {
            fields.text(ExactBytes.OF_SECTION, section.bytes().hex());
        }
    }

    private JsonFields fields(JsonGenerator out) {
        return new JsonFields(out, withTicks, form.keepsBytes());
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
        fields.text("crc", form.crc(section));
        if (withTicks) {
            fields.ticks("pts_adjustment", section.ptsAdjustment());
            fields.text("crc_32", String.format("0x%08x", section.crc32()));
        }
        if (form.keepsBytes() && !section.alignmentStuffing().isEmpty()) {
            fields.text("alignment_stuffing", section.alignmentStuffing().hex());
        }
        if (withTicks) {
            fields.warnings(section.warnings());
        }
    }
}
