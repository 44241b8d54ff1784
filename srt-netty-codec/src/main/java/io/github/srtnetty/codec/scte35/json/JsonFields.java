// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.Warning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** Writes one value of each kind. */
final class JsonFields {
    private static final int MICROS = 1_000_000;

    private final JsonGenerator out;
    private final boolean withTicks;

    private final boolean withBytes;

    JsonFields(JsonGenerator out, boolean withTicks, boolean withBytes) {
        this.out = out;
        this.withTicks = withTicks;
        this.withBytes = withBytes;
    }

    JsonGenerator out() {
        return out;
    }

    boolean withTicks() {
        return withTicks;
    }

    /** Returns whether bytes are written that no other key determines. */
    boolean withBytes() {
        return withBytes;
    }

    void flag(String key, boolean value) throws IOException {
        out.writeBooleanField(key, value);
    }

    void number(String key, long value) throws IOException {
        out.writeNumberField(key, value);
    }

    void text(String key, String value) throws IOException {
        out.writeStringField(key, value);
    }

    /** Writes 0x and an even number of digits. */
    void hex(String key, long value) throws IOException {
        text(key, hex(Long.toHexString(value)));
    }

    /** Writes ticks of 90 kHz as seconds. */
    void seconds(String key, long ticks) throws IOException {
        out.writeFieldName(key);
        out.writeNumber(seconds(ticks));
    }

    /** Writes {@code KEY_ticks} if ticks are enabled. */
    void ticks(String key, long ticks) throws IOException {
        if (withTicks) {
            number(key + "_ticks", ticks);
        }
    }

    /** Writes {@code adjusted_pts_time} and its ticks if ticks are enabled. */
    void adjusted(SpliceInfoSection section, OptionalLong pts) throws IOException {
        if (withTicks && pts.isPresent()) {
            ticks("pts_time", pts.getAsLong());
            seconds("adjusted_pts_time", section.adjust(pts.getAsLong()));
            ticks("adjusted_pts_time", section.adjust(pts.getAsLong()));
        }
    }

    /** Writes an unsigned number of 32 bits with eight digits if ticks are enabled. */
    void id(String key, long id) throws IOException {
        if (withTicks) {
            text(key, String.format("0x%08x", id));
        }
    }

    void warnings(List<Warning> warnings) throws IOException {
        if (warnings.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("warnings");
        for (Warning warning : warnings) {
            out.writeString(warning.toString());
        }
        out.writeEndArray();
    }

    void packetData(Scte35Cue cue) throws IOException {
        out.writeObjectFieldStart("packet_data");
        text("pid", hexUnpadded(cue.pid()));
        number("program", cue.programNumber());
        if (cue.lastPcr27M().isPresent()) {
            seconds("pcr", Timestamp.toPts(cue.lastPcr27M().getAsLong()));
        }
        if (cue.lastPts90k().isPresent()) {
            seconds("pts", cue.lastPts90k().getAsLong());
        }
        if (withTicks) {
            packetExtras(cue);
        }
        out.writeEndObject();
    }

    private void packetExtras(Scte35Cue cue) throws IOException {
        if (cue.lastPcr27M().isPresent()) {
            number("pcr_ticks_27m", cue.lastPcr27M().getAsLong());
        }
        if (cue.lastPts90k().isPresent()) {
            ticks("pts", cue.lastPts90k().getAsLong());
        }
        number("packet_index", cue.packetIndex());
        text("arrival_time", cue.arrivalTime().toString());
        if (cue.preRollMillis().isPresent()) {
            number("pre_roll_ms", cue.preRollMillis().getAsLong());
        }
        flag("registered", cue.registered());
    }

    /**
     * Returns seconds rounded to six decimals: "10.0", "89777.062789". A tie is impossible with ninths of a hundred.
     */
    static String seconds(long ticks) {
        long micros = Math.floorDiv(ticks * 200 + 9, 18);
        StringBuilder text = new StringBuilder().append(micros / MICROS).append('.');
        String fraction = Long.toString(micros % MICROS + MICROS).substring(1);
        int end = fraction.length();
        while (end > 1 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return text.append(fraction, 0, end).toString();
    }

    static String hexUnpadded(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Returns 0x and an even number of digits. */
    static String hex(String digits) {
        return (digits.length() % 2 == 0 ? "0x" : "0x0") + digits;
    }

    /** Returns ASCII with U+FFFD for every other byte. */
    static String ascii(Bytes bytes) {
        return bytes.text(StandardCharsets.US_ASCII);
    }

    /** Returns whether {@link #ascii} keeps every byte. */
    static boolean isAscii(Bytes bytes) {
        return ascii(bytes).indexOf('\uFFFD') < 0;
    }
}
