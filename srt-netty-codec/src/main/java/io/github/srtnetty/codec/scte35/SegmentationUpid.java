// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * segmentation_upid(), SCTE 35 10.3.3.1 and Table 22: the identifier of the content of the segment.
 *
 * <pre>
 * segmentation_upid_type       8
 * segmentation_upid_length     8
 * segmentation_upid()
 *
 * MPU()  {  format_identifier 32, private_data N*8  }
 * MID()  {  for (i = 0; i &lt; N; i++)
 *             { segmentation_upid_type 8, length 8, segmentation_upid() }  }
 * ATSC_content_identifier()
 *        {  TSID 16, reserved 2, end_of_day 5, unique_for 9, content_id N*8  }
 * </pre>
 */
public sealed interface SegmentationUpid {
    /** Type 0, length 0. */
    SegmentationUpid NONE = new Plain(0, Bytes.EMPTY);

    /** Returns segmentation_upid_type, 0 to 255, see {@link UpidType}. */
    int type();

    /** Returns the coded bytes of the UPID, at most 255. */
    Bytes bytes();

    /**
     * A UPID with one value, or one whose type is unknown or whose bytes break the syntax of their type.
     *
     * @param type 0 to 255
     */
    record Plain(int type, Bytes bytes) implements SegmentationUpid {
        /** Checks the ranges. */
        public Plain {
            Limits.bits("segmentation_upid_type", type, 8);
            Limits.size("segmentation_upid_length", bytes.length(), 255);
        }

        /**
         * Returns the UPID in the usual notation of its type: text, canonical EIDR, ISAN or UUID, otherwise
         * hexadecimal.
         */
        public String text() {
            return UpidType.of(type).text(bytes);
        }
    }

    /**
     * Managed private UPID.
     *
     * @param formatIdentifier as registered, unsigned 32 bits
     * @param privateData at most 251 bytes
     */
    record Mpu(long formatIdentifier, Bytes privateData) implements SegmentationUpid {
        /** Checks the ranges. */
        public Mpu {
            Limits.bits("format_identifier", formatIdentifier, 32);
            Limits.size("private_data", privateData.length(), 251);
        }

        @Override
        public int type() {
            return UpidType.MPU.id();
        }

        @Override
        public Bytes bytes() {
            return new BitWriter(64)
                    .bits(formatIdentifier, 32, "format_identifier")
                    .bytes(privateData)
                    .toBytes();
        }
    }

    /** Several UPIDs for one segment; at most 255 bytes in total, including types and lengths. */
    record Mid(List<SegmentationUpid> upids) implements SegmentationUpid {
        /** Checks the size. */
        public Mid {
            upids = List.copyOf(upids);
            int size =
                    upids.stream().mapToInt(upid -> 2 + upid.bytes().length()).sum();
            Limits.size("segmentation_upid_length", size, 255);
        }

        @Override
        public int type() {
            return UpidType.MID.id();
        }

        @Override
        public Bytes bytes() {
            BitWriter writer = new BitWriter(64);
            upids.forEach(upid -> upid.encode(writer));
            return writer.toBytes();
        }
    }

    /**
     * ATSC A/57B content identifier.
     *
     * @param tsid 0 to 65535
     * @param reserved 0 to 3, as coded; A/57B requires 3
     * @param endOfDay hour, 0 to 31
     * @param uniqueFor days, 0 to 511
     * @param contentId at most 242 bytes by A/57B, 251 here
     */
    record Atsc(int tsid, int reserved, int endOfDay, int uniqueFor, Bytes contentId) implements SegmentationUpid {
        /** Checks the ranges. */
        public Atsc {
            Limits.bits("TSID", tsid, 16);
            Limits.bits("reserved", reserved, 2);
            Limits.bits("end_of_day", endOfDay, 5);
            Limits.bits("unique_for", uniqueFor, 9);
            Limits.size("content_id", contentId.length(), 251);
        }

        @Override
        public int type() {
            return UpidType.ATSC_CONTENT_ID.id();
        }

        @Override
        public Bytes bytes() {
            return new BitWriter(64)
                    .bits(tsid, 16, "TSID")
                    .bits(reserved, 2, "reserved")
                    .bits(endOfDay, 5, "end_of_day")
                    .bits(uniqueFor, 9, "unique_for")
                    .bytes(contentId)
                    .toBytes();
        }
    }

    /** Returns a UPID of a type whose value is text, for example {@link UpidType#ADI} or {@link UpidType#URI}. */
    static SegmentationUpid ofText(UpidType type, String text) {
        return of(type.id(), Bytes.of(text, StandardCharsets.ISO_8859_1));
    }

    /** Returns the UPID of {@code type}, 0 to 255, with these bytes, which are parsed if the type has a syntax. */
    static SegmentationUpid of(int type, Bytes bytes) {
        return decodeBody(type, bytes, 0, new ArrayList<>());
    }

    /**
     * Reads type, length and value. A value that breaks the syntax of its type becomes {@link Plain} and a warning.
     *
     * @throws MalformedDataException when the bytes end inside the UPID
     */
    static SegmentationUpid decode(BitReader reader, List<Warning> warnings) {
        return decode(reader, 0, warnings);
    }

    private static SegmentationUpid decode(BitReader reader, int depth, List<Warning> warnings) {
        int type = reader.uint(8, "segmentation_upid_type");
        int length = reader.uint(8, "segmentation_upid_length");
        if (type == 0 && length == 0) {
            return NONE;
        }
        return decodeBody(type, reader.bytes(length, "segmentation_upid"), depth, warnings);
    }

    private static SegmentationUpid decodeBody(int type, Bytes bytes, int depth, List<Warning> warnings) {
        UpidType known = UpidType.of(type);
        try {
            if (known == UpidType.MPU) {
                return decodeMpu(bytes.reader());
            } else if (known == UpidType.ATSC_CONTENT_ID) {
                return decodeAtsc(bytes.reader());
            } else if (known == UpidType.MID && depth == 0) {
                return decodeMid(bytes.reader(), warnings);
            }
            known.check(bytes);
        } catch (MalformedDataException e) {
            warnings.add(new Warning(Warning.Code.UPID_MALFORMED, "type " + type + ": " + e.getMessage()));
        }
        return new Plain(type, bytes);
    }

    private static Mpu decodeMpu(BitReader reader) {
        long format = reader.bits(32, "format_identifier");
        return new Mpu(format, reader.bytes(reader.remainingBytes(), "private_data"));
    }

    private static Mid decodeMid(BitReader reader, List<Warning> warnings) {
        List<SegmentationUpid> upids = new ArrayList<>();
        while (reader.remainingBytes() > 0) {
            upids.add(decode(reader, 1, warnings));
        }
        return new Mid(upids);
    }

    private static Atsc decodeAtsc(BitReader reader) {
        int tsid = reader.uint(16, "TSID");
        int reserved = reader.uint(2, "reserved");
        int endOfDay = reader.uint(5, "end_of_day");
        int uniqueFor = reader.uint(9, "unique_for");
        Bytes contentId = reader.bytes(reader.remainingBytes(), "content_id");
        return new Atsc(tsid, reserved, endOfDay, uniqueFor, contentId);
    }

    /** Writes type, length and value. */
    default void encode(BitWriter writer) {
        Bytes body = bytes();
        writer.bits(type(), 8, "segmentation_upid_type")
                .bits(body.length(), 8, "segmentation_upid_length")
                .bytes(body);
    }
}
