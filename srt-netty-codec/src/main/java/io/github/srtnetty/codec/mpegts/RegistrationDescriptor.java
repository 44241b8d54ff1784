// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * The registration_descriptor (ISO/IEC 13818-1, 2.6.8): identifies the format of private data in a program or stream.
 *
 * <pre>
 * format_identifier               32
 * additional_identification_info   8 * N
 * </pre>
 *
 * @param formatIdentifier the four characters as a number, such as {@link #CUEI}
 * @param additionalIdentificationInfo the additional_identification_info, at most 251 bytes
 */
public record RegistrationDescriptor(int formatIdentifier, Bytes additionalIdentificationInfo) implements Descriptor {
    /** Its descriptor_tag. */
    public static final int TAG = 0x05;
    /** "CUEI": the program has SCTE-35 splice information. */
    public static final int CUEI = 0x43554549;
    /** "HDMV": a Blu-ray stream, where stream_type 0x86 is audio. */
    public static final int HDMV = 0x48444D56;

    /** Creates a descriptor without additional_identification_info. */
    public RegistrationDescriptor(int formatIdentifier) {
        this(formatIdentifier, Bytes.EMPTY);
    }

    static RegistrationDescriptor decode(Bytes data) {
        return new RegistrationDescriptor((int) data.slice(0, 4).toLong(), data.slice(4, data.length() - 4));
    }

    @Override
    public int tag() {
        return TAG;
    }

    @Override
    public Bytes data() {
        byte[] info = additionalIdentificationInfo.toArray();
        byte[] data = new byte[4 + info.length];
        for (int i = 0; i < 4; i++) {
            data[i] = (byte) (formatIdentifier >>> 24 - 8 * i);
        }
        System.arraycopy(info, 0, data, 4, info.length);
        return Bytes.of(data);
    }

    /** Returns the format_identifier as its four characters. */
    public String formatIdentifierText() {
        return data().slice(0, 4).text(StandardCharsets.ISO_8859_1);
    }
}
