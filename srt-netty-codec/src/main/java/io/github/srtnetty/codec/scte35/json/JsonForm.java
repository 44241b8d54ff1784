// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;

/** The parts of a cue that the forms of JSON print differently. */
interface JsonForm {
    /** Returns whether every byte of a cue is written. */
    boolean keepsBytes();

    /** Returns the value of {@code crc}. */
    String crc(SpliceInfoSection section);

    /** Writes the fields of the descriptor whose tag is at {@code offset} of the descriptor loop. */
    void writeDescriptor(SpliceDescriptor descriptor, Bytes loop, int offset, JsonDescriptors out) throws IOException;

    /** Returns {@code segmentation_upid_type_name}. */
    String upidTitle(int type);

    /** Returns the bytes of a UPID in hexadecimal. */
    String upidNumber(Bytes bytes);

    /** Returns a UUID, of 16 bytes. */
    String upidUuid(Bytes bytes);

    /** Writes more fields of an MPU after {@code private_data}. */
    void writeMpuParts(String formatIdentifier, Bytes privateData, JsonFields out) throws IOException;
}
