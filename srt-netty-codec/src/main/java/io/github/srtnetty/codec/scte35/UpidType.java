// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** segmentation_upid_type, SCTE 35 2023r1 Table 22: the name, length and usual notation of each type. */
public enum UpidType {
    /** No UPID. */
    NOT_USED(0x00, "none", 0, Notation.HEX),
    /** Deprecated: a format agreed between sender and receiver. */
    USER_DEFINED(0x01, "user-defined", -1, Notation.TEXT),
    /** Deprecated by Ad-ID. */
    ISCI(0x02, "ISCI", 8, Notation.TEXT),
    /** Advertising Digital Identification. */
    AD_ID(0x03, "Ad-ID", 12, Notation.TEXT),
    /** SMPTE 330M. */
    UMID(0x04, "UMID", 32, Notation.UMID),
    /** Deprecated ISAN without version. */
    ISAN_DEPRECATED(0x05, "ISAN(dep)", 8, Notation.ISAN),
    /** ISO 15706-2 versioned ISAN. */
    ISAN(0x06, "V-ISAN", 12, Notation.ISAN),
    /** Tribune program identifier. */
    TID(0x07, "TID", 12, Notation.TEXT),
    /** Turner identifier (AiringID). */
    TI(0x08, "TI/AiringID", 8, Notation.HEX_PREFIXED),
    /** CableLabs metadata identifier. */
    ADI(0x09, "ADI", -1, Notation.TEXT),
    /** Entertainment ID Registry, compact binary. */
    EIDR(0x0A, "EIDR", 12, Notation.EIDR),
    /** ATSC A/57B content identifier, see {@link SegmentationUpid.Atsc}. */
    ATSC_CONTENT_ID(0x0B, "ATSC", -1, Notation.HEX),
    /** Managed private UPID, see {@link SegmentationUpid.Mpu}. */
    MPU(0x0C, "MPU", -1, Notation.HEX),
    /** Multiple UPIDs, see {@link SegmentationUpid.Mid}. */
    MID(0x0D, "MID", -1, Notation.HEX),
    /** Advertising information. */
    ADS_INFORMATION(0x0E, "ADS", -1, Notation.TEXT),
    /** RFC 3986. */
    URI(0x0F, "URI", -1, Notation.TEXT),
    /** RFC 4122, binary. */
    UUID_BINARY(0x10, "UUID", 16, Notation.UUID),
    /** Subscriber content restriction. */
    SCR(0x11, "SCR", -1, Notation.TEXT),
    /** Types from 0x12, which this standard does not define. */
    RESERVED(0x12, "reserved", -1, Notation.HEX);

    private static final UpidType[] BY_ID = values();

    private final int id;
    private final String label;
    private final int length;
    private final Notation notation;

    UpidType(int id, String label, int length, Notation notation) {
        this.id = id;
        this.label = label;
        this.length = length;
        this.notation = notation;
    }

    /** Returns the type with {@code id}, 0 to 255, or {@link #RESERVED} if the table has none. */
    public static UpidType of(int id) {
        return id < RESERVED.id ? BY_ID[id] : RESERVED;
    }

    /** Returns segmentation_upid_type. */
    public int id() {
        return id;
    }

    /** Returns the short name. */
    public String label() {
        return label;
    }

    /** Returns the length in bytes that the standard requires, or -1 if it varies. */
    public int length() {
        return length;
    }

    /** Returns whether the value is text. */
    public boolean isText() {
        return notation == Notation.TEXT;
    }

    void check(Bytes bytes) {
        if (length >= 0 && bytes.length() != length) {
            throw new MalformedDataException(
                    "segmentation_upid_length", Integer.toString(length), Integer.toString(bytes.length()));
        }
    }

    String text(Bytes bytes) {
        if (length >= 0 && bytes.length() != length && notation != Notation.TEXT) {
            return bytes.hex();
        }
        return switch (notation) {
            case TEXT -> bytes.text(StandardCharsets.ISO_8859_1);
            case HEX -> bytes.hex();
            case HEX_PREFIXED -> "0x" + bytes.hex();
            case UMID -> grouped(bytes.hex(), 8, '.');
            case ISAN -> grouped(bytes.hex().toUpperCase(Locale.ROOT), 4, '-');
            case EIDR -> eidr(bytes);
            case UUID -> new UUID(bytes.slice(0, 8).toLong(), bytes.slice(8, 8).toLong()).toString();
        };
    }

    private static String eidr(Bytes bytes) {
        String suffix = bytes.slice(2, 10).hex().toUpperCase(Locale.ROOT);
        return "10." + bytes.slice(0, 2).toLong() + "/" + grouped(suffix, 4, '-');
    }

    private static String grouped(String digits, int size, char separator) {
        StringBuilder text = new StringBuilder(digits.length() * 5 / 4);
        for (int i = 0; i < digits.length(); i += size) {
            text.append(i == 0 ? "" : separator).append(digits, i, i + size);
        }
        return text.toString();
    }

    private enum Notation {
        TEXT,
        HEX,
        HEX_PREFIXED,
        UMID,
        ISAN,
        EIDR,
        UUID
    }
}
