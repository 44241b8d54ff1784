// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.emsg;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;

/**
 * EventMessageBox, ISO/IEC 23009-1 5.10.3.3.
 *
 * <pre>
 * aligned(8) class DASHEventMessageBox extends FullBox('emsg', version, flags = 0) {
 *   size                        32
 *   type                        32   'emsg'
 *   version                      8
 *   flags                       24   0
 *   if (version == 0) {
 *     string scheme_id_uri           UTF-8, ends with 0
 *     string value
 *     timescale                 32
 *     presentation_time_delta   32
 *     event_duration            32
 *     id                        32
 *   } else if (version == 1) {
 *     timescale                 32
 *     presentation_time         64
 *     event_duration            32
 *     id                        32
 *     string scheme_id_uri
 *     string value
 *   }
 *   message_data[]
 * }
 * </pre>
 *
 * @param version 0 or 1
 * @param schemeIdUri the scheme of the message, for example {@code urn:scte:scte35:2013:bin}
 * @param value distinguishes streams of messages; may be empty
 * @param timescale ticks per second, unsigned 32 bits
 * @param presentationTime ticks: version 0 after the start of the segment, unsigned 32 bits; version 1 on the media
 *     time line, unsigned 64 bits
 * @param eventDuration ticks, unsigned 32 bits; {@link #UNKNOWN_DURATION} if unknown
 * @param id unsigned 32 bits; messages of one scheme and value with the same id are equal
 */
public record EmsgBox(
        int version,
        String schemeIdUri,
        String value,
        long timescale,
        long presentationTime,
        long eventDuration,
        long id,
        Bytes messageData) {
    /** event_duration of an event whose end is not known. */
    public static final long UNKNOWN_DURATION = 0xFFFF_FFFFL;

    static final String TYPE = "emsg";

    private static final long UINT32 = 0xFFFF_FFFFL;
    private static final int FULL_BOX_HEADER = 12;

    /** Checks the ranges. */
    public EmsgBox {
        if (version != 0 && version != 1) {
            throw new IllegalArgumentException("version: 0 or 1, not " + version);
        }
        requireText("scheme_id_uri", schemeIdUri);
        requireText("value", value);
        require32("timescale", timescale);
        require32("event_duration", eventDuration);
        require32("id", id);
        if (version == 0) {
            require32("presentation_time_delta", presentationTime);
        }
    }

    /**
     * Reads the fields after size and type.
     *
     * @throws MalformedDataException when the bytes end inside the box, or its version is neither 0 nor 1
     */
    static EmsgBox decode(Bytes body) {
        BitReader reader = body.reader();
        int version = reader.uint(8, "version");
        reader.bits(24, "flags");
        if (version > 1) {
            throw new MalformedDataException("version", "0 or 1", Integer.toString(version));
        }
        String scheme = version == 0 ? text(reader, "scheme_id_uri") : "";
        String value = version == 0 ? text(reader, "value") : "";
        long timescale = reader.bits(32, "timescale");
        long time = version == 0
                ? reader.bits(32, "presentation_time_delta")
                : reader.bits(32, "presentation_time") << 32 | reader.bits(32, "presentation_time");
        long duration = reader.bits(32, "event_duration");
        long id = reader.bits(32, "id");
        if (version == 1) {
            scheme = text(reader, "scheme_id_uri");
            value = text(reader, "value");
        }
        Bytes data = reader.bytes(reader.remainingBytes(), "message_data");
        return new EmsgBox(version, scheme, value, timescale, time, duration, id, data);
    }

    private static String text(BitReader reader, String field) {
        int start = reader.position();
        while (reader.uint(8, field) != 0) {
            continue; // up to the 0 that ends it
        }
        int length = reader.position() - start - 1;
        reader.position(start);
        String text = reader.bytes(length, field).text(StandardCharsets.UTF_8);
        reader.position(start + length + 1);
        return text;
    }

    /** Returns the bytes of the complete box. */
    public Bytes encode() {
        byte[] scheme = schemeIdUri.getBytes(StandardCharsets.UTF_8);
        byte[] values = value.getBytes(StandardCharsets.UTF_8);
        int times = version == 0 ? 16 : 20;
        long size = FULL_BOX_HEADER + times + scheme.length + 1L + values.length + 1L + messageData.length();
        BitWriter writer = new BitWriter((int) size)
                .bits(size, 32, "size")
                .bytes(Bytes.of(TYPE, StandardCharsets.US_ASCII))
                .bits(version, 8, "version")
                .bits(0, 24, "flags");
        if (version == 0) {
            writeTexts(scheme, values, writer);
        }
        writer.bits(timescale, 32, "timescale");
        if (version == 1) {
            writer.bits(presentationTime >>> 32, 32, "presentation_time");
        }
        writer.bits(presentationTime & UINT32, 32, "presentation_time")
                .bits(eventDuration, 32, "event_duration")
                .bits(id, 32, "id");
        if (version == 1) {
            writeTexts(scheme, values, writer);
        }
        return writer.bytes(messageData).toBytes();
    }

    private static void writeTexts(byte[] scheme, byte[] value, BitWriter writer) {
        writer.bytes(Bytes.of(scheme)).bits(0, 8, "scheme_id_uri");
        writer.bytes(Bytes.of(value)).bits(0, 8, "value");
    }

    private static void require32(String field, long number) {
        if (number < 0 || number > UINT32) {
            throw new IllegalArgumentException(field + ": " + number + " is no unsigned number of 32 bits");
        }
    }

    private static void requireText(String field, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + ": must not contain the character U+0000");
        }
    }
}
