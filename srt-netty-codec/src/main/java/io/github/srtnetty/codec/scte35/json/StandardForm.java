// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.SegmentationUpid;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.UpidType;
import java.io.IOException;

/** The values of the standard: those of the section and its descriptors, with every byte. */
final class StandardForm implements JsonForm {
    static final StandardForm INSTANCE = new StandardForm();

    private StandardForm() {}

    @Override
    public boolean keepsBytes() {
        return true;
    }

    @Override
    public String crc(SpliceInfoSection section) {
        return String.format("0x%08x", section.crc32());
    }

    @Override
    public void writeDescriptor(SpliceDescriptor descriptor, Bytes loop, int offset, JsonDescriptors out)
            throws IOException {
        out.write(descriptor, loop.at(offset + 1));
        out.bytesOf(descriptor, loop, offset);
    }

    @Override
    public String upidTitle(int type) {
        return UpidType.of(type).label();
    }

    @Override
    public String upidNumber(Bytes bytes) {
        return bytes.isEmpty() ? "" : "0x" + bytes.hex();
    }

    @Override
    public String upidUuid(Bytes bytes) {
        return new SegmentationUpid.Plain(UpidType.UUID_BINARY.id(), bytes).text();
    }

    @Override
    public void writeMpuParts(String formatIdentifier, Bytes privateData, JsonFields out) {
        // The standard defines no parts: private_data has all bytes.
    }
}
