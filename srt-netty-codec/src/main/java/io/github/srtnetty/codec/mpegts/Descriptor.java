// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A descriptor in a PAT, PMT or similar table (ISO/IEC 13818-1, 2.6). Encoding a decoded descriptor returns the same
 * bytes.
 *
 * <pre>
 * descriptor_tag      8
 * descriptor_length   8
 * data                8 * descriptor_length
 * </pre>
 */
public sealed interface Descriptor permits RegistrationDescriptor, CueIdentifierDescriptor, RawDescriptor {
    /** Returns the descriptor_tag, 0 to 255. */
    int tag();

    /** Returns the bytes after descriptor_length, at most 255. */
    Bytes data();

    /**
     * Returns the typed descriptor for {@code tag}, or a raw one if the tag is unknown or the data is not valid for it.
     */
    static Descriptor of(int tag, Bytes data) {
        if (tag == RegistrationDescriptor.TAG && data.length() >= 4) {
            return RegistrationDescriptor.decode(data);
        }
        if (tag == CueIdentifierDescriptor.TAG && data.length() == 1) {
            return new CueIdentifierDescriptor(data.at(0));
        }
        return new RawDescriptor(tag, data);
    }

    /** Returns whether a registration_descriptor with {@code formatIdentifier} is among {@code descriptors}. */
    static boolean isRegistered(List<Descriptor> descriptors, int formatIdentifier) {
        return descriptors.stream()
                .anyMatch(
                        d -> d instanceof RegistrationDescriptor known && known.formatIdentifier() == formatIdentifier);
    }

    /**
     * Decodes a loop of descriptors that fills {@code length} bytes from {@code offset}.
     *
     * @throws MalformedDataException when a descriptor is longer than the rest of the loop
     * @throws IndexOutOfBoundsException when the range is not inside the array
     */
    static List<Descriptor> decodeLoop(byte[] bytes, int offset, int length) {
        return decodeLoop(bytes, offset, length, cause -> {
            throw cause;
        });
    }

    /**
     * Decodes like {@link #decodeLoop(byte[], int, int)}, but passes an error to {@code problems} and skips the rest.
     */
    static List<Descriptor> decodeLoop(
            byte[] bytes, int offset, int length, Consumer<MalformedDataException> problems) {
        List<Descriptor> descriptors = new ArrayList<>();
        int end = offset + length;
        int index = offset;
        while (index < end) {
            int left = end - index - 2;
            if (left < 0) {
                problems.accept(new MalformedDataException(
                        "descriptor_length", "2 bytes up to its end", (end - index) + " (the rest of the loop)"));
                break;
            }
            int size = bytes[index + 1] & 0xFF;
            if (size > left) {
                problems.accept(new MalformedDataException(
                        "descriptor_length", "at most " + left + " (the rest of the loop)", size + ""));
                break;
            }
            descriptors.add(of(bytes[index] & 0xFF, Bytes.copyOf(bytes, index + 2, size)));
            index += 2 + size;
        }
        return List.copyOf(descriptors);
    }

    /** Writes the tag, the length and the data of each descriptor. */
    static void encodeLoop(List<Descriptor> descriptors, ByteBuf out) {
        for (Descriptor descriptor : descriptors) {
            byte[] data = descriptor.data().toArray();
            out.writeByte(descriptor.tag()).writeByte(data.length).writeBytes(data);
        }
    }
}
