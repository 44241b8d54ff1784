// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads one splice_info_section() in the order length, CRC_32, header, decryption, body, so that no field is used
 * before it is checked.
 */
final class SectionDecoder {
    private static final int CRC_LENGTH = 4;

    private final DecodeOptions options;
    private final List<Warning> warnings = new ArrayList<>(2);

    private SectionDecoder(DecodeOptions options) {
        this.options = options;
    }

    static SpliceInfoSection decode(Bytes data, DecodeOptions options) {
        return new SectionDecoder(options).decode(data);
    }

    private SpliceInfoSection decode(Bytes data) {
        Bytes section = cut(data);
        checkCrc(section, data);
        BitReader reader = section.reader();
        SectionHeader header = SectionHeader.decode(reader);
        header.check(warnings);
        int end = section.length() - CRC_LENGTH;
        if (end <= SectionHeader.LENGTH) {
            throw new MalformedDataException("splice_command_type", "8 bits", "the end of the section");
        }
        long crc = section.unsignedInt(end);
        BitReader clear = reader.slice(end - SectionHeader.LENGTH, "splice_command");
        if (!header.encryptedPacket()) {
            SectionBody body = SectionBody.decode(clear, header.spliceCommandLength(), warnings);
            return new SpliceInfoSection(header, body, OptionalLong.empty(), crc, warnings, section);
        }
        return decrypt(header, clear.bytes(clear.remainingBytes(), "splice_command"), crc, section);
    }

    /** Returns the bytes of {@code data} that section_length covers. */
    private Bytes cut(Bytes data) {
        if (data.length() < SectionHeader.LENGTH_TO_SECTION_LENGTH) {
            throw new MalformedDataException("section_length", "12 bits", "the end of the section");
        }
        int total = SectionHeader.LENGTH_TO_SECTION_LENGTH + ((data.at(1) & 0xF) << 8 | data.at(2));
        if (total == data.length()) {
            return data;
        }
        if (total < data.length()) {
            String detail = (data.length() - total) + " bytes after the section";
            warnings.add(new Warning(Warning.Code.BYTES_AFTER_SECTION, detail));
            return data.slice(0, total);
        }
        int most = data.length() - SectionHeader.LENGTH_TO_SECTION_LENGTH;
        int length = total - SectionHeader.LENGTH_TO_SECTION_LENGTH;
        if (!options.acceptsTruncated()) {
            throw new MalformedDataException("section_length", "at most " + most, Integer.toString(length));
        }
        warnings.add(new Warning(Warning.Code.TRUNCATED, "section_length " + length + ", there are " + most));
        return data;
    }

    private void checkCrc(Bytes section, Bytes data) {
        int covered = section.length() - CRC_LENGTH;
        if (covered < SectionHeader.LENGTH) {
            String least = "at least " + (SectionHeader.LENGTH + CRC_LENGTH) + " bytes in all";
            throw new MalformedDataException("section_length", least, section.length() + " bytes in all");
        }
        if (section == data && !warnings.isEmpty()) {
            return; // truncated: the position of CRC_32 is unknown
        }
        int computed = section.crc32Mpeg2(0, covered);
        int coded = (int) section.unsignedInt(covered);
        if (computed == coded) {
            return;
        }
        String expected = "0x" + Integer.toHexString(computed);
        String actual = "0x" + Integer.toHexString(coded);
        if (!options.acceptsBadCrc()) {
            throw new MalformedDataException("CRC_32", expected, actual);
        }
        warnings.add(new Warning(Warning.Code.CRC_MISMATCH, "expected " + expected + ", actual " + actual));
    }

    private SpliceInfoSection decrypt(SectionHeader header, Bytes ciphertext, long crc, Bytes section) {
        Bytes clear = decryptedAndChecked(header, ciphertext);
        if (clear == null) {
            SectionBody body = SectionBody.encrypted(ciphertext);
            return new SpliceInfoSection(header, body, OptionalLong.empty(), crc, warnings, section);
        }
        int end = clear.length() - CRC_LENGTH;
        long eCrc = clear.unsignedInt(end);
        BitReader reader = clear.slice(0, end).reader();
        SectionBody body = SectionBody.decode(reader, header.spliceCommandLength(), warnings);
        return new SpliceInfoSection(header, body, OptionalLong.of(eCrc), crc, warnings, section);
    }

    private @Nullable Bytes decryptedAndChecked(SectionHeader header, Bytes ciphertext) {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.of(header.encryptionAlgorithm());
        Bytes key = options.key(header.cwIndex());
        if (algorithm == null || key == null || !algorithm.opens(ciphertext, key)) {
            String detail = "encryption_algorithm " + header.encryptionAlgorithm() + ", cw_index " + header.cwIndex()
                    + (key == null ? ": no key" : ": not decryptable");
            warnings.add(new Warning(Warning.Code.ENCRYPTED, detail));
            return null;
        }
        Bytes clear = algorithm.decrypt(ciphertext, key);
        int end = clear.length() - CRC_LENGTH;
        if (clear.crc32Mpeg2(0, end) != (int) clear.unsignedInt(end)) {
            warnings.add(new Warning(Warning.Code.E_CRC_MISMATCH, "cw_index " + header.cwIndex() + ": wrong key"));
            return null;
        }
        return clear;
    }
}
