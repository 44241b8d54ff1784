// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.scte35.AvailDescriptor;
import io.github.srtnetty.codec.scte35.DvbDasDescriptor;
import io.github.srtnetty.codec.scte35.MalformedDescriptor;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import io.github.srtnetty.codec.scte35.SpliceDescriptor;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import java.io.IOException;

/** The values that threefive 3.0.69 prints, even if they differ from those of the section. */
final class ThreefiveForm implements JsonForm {
    static final ThreefiveForm INSTANCE = new ThreefiveForm();

    private static final String ADFR = "ADFR";

    private ThreefiveForm() {}

    @Override
    public boolean keepsBytes() {
        return false;
    }

    /** Returns the four bytes after the descriptors without padding, which are alignment_stuffing if there is any. */
    @Override
    public String crc(SpliceInfoSection section) {
        Bytes stuffing = section.alignmentStuffing();
        if (stuffing.isEmpty() || section.encryptedPacket()) {
            return JsonFields.hexUnpadded(section.crc32());
        }
        int take = Math.min(4, stuffing.length());
        long first = stuffing.slice(0, take).toLong();
        return JsonFields.hexUnpadded((first << (8 * (4 - take)) | section.crc32() >>> (8 * take)) & 0xFFFFFFFFL);
    }

    @Override
    public void writeDescriptor(SpliceDescriptor descriptor, Bytes loop, int offset, JsonDescriptors out)
            throws IOException {
        int length = loop.at(offset + 1);
        ThreefiveLoop seen = new ThreefiveLoop(loop, offset);
        if (descriptor instanceof DvbDasDescriptor das) {
            out.dvbDas(das, "DVD DAS Descriptor", length); // sic: threefive's spelling
        } else if (descriptor instanceof SegmentationDescriptor.Event event) {
            SegmentationDescriptor.SubSegments sub = seen.subSegments(event, length);
            out.segmentation(event, length, sub != null ? sub : event.subSegments());
        } else if (JsonDescriptors.isOther(descriptor)) {
            writeOther(descriptor, length, seen, out);
        } else {
            out.write(descriptor, length);
        }
    }

    private static void writeOther(SpliceDescriptor descriptor, int length, ThreefiveLoop seen, JsonDescriptors out)
            throws IOException {
        int tag = descriptor.spliceDescriptorTag();
        if (tag == AvailDescriptor.TAG) {
            out.avail(tag, seen.identifier(), length, seen.providerAvailId());
        } else if (tag == SegmentationDescriptor.TAG && descriptor instanceof MalformedDescriptor) {
            out.head(tag, seen.identifier(), JsonDescriptors.SEGMENTATION, length);
            ThreefiveLoop.Reread reread = seen.segmentation();
            out.segmentationBody(
                    reread.event(), reread.upidLength(), reread.event().subSegments());
        } else {
            out.head(tag, seen.identifier(), "", length);
        }
    }

    @Override
    public String upidTitle(int type) {
        return JsonNames.otherUpidTitle(type);
    }

    /** Returns an even number of digits without leading zero bytes. */
    @Override
    public String upidNumber(Bytes bytes) {
        String digits = bytes.hex();
        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        return JsonFields.hex(digits.isEmpty() ? "0" : digits.substring(first));
    }

    @Override
    public String upidUuid(Bytes bytes) {
        return JsonFields.ascii(bytes);
    }

    /** Writes the parts of an MPU of addressable television, from the private data that threefive keeps. */
    @Override
    public void writeMpuParts(String formatIdentifier, Bytes privateData, JsonFields out) throws IOException {
        Bytes data = Bytes.fromHex(upidNumber(privateData));
        if (!formatIdentifier.equals(ADFR) || data.isEmpty()) {
            return;
        }
        out.number("version", data.at(0));
        out.text("channel_identifier", JsonFields.hexUnpadded(part(data, 1, 2)));
        out.number("date", part(data, 3, 4));
        out.number("break_code", part(data, 7, 2));
        out.text("duration", JsonFields.hexUnpadded(part(data, 9, 2)));
    }

    /** Returns the number in {@code length} bytes from {@code offset}, or in all bytes if there are fewer. */
    private static long part(Bytes data, int offset, int length) {
        int from = Math.min(offset, data.length());
        return data.slice(from, Math.min(length, data.length() - from)).toLong();
    }
}
