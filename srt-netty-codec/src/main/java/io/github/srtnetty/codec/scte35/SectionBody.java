// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.Bytes;
import io.github.srtnetty.codec.bits.MalformedDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of splice_info_section() from splice_command_type on, in the clear, without E_CRC_32 and CRC_32.
 *
 * @param commandLength the actual bytes of the command, whatever the value of splice_command_length
 * @param descriptorLoop the coded descriptors
 */
record SectionBody(
        SpliceCommand command,
        int commandLength,
        List<SpliceDescriptor> descriptors,
        Bytes descriptorLoop,
        Bytes alignmentStuffing) {
    /** Encoders before 2010 wrote this splice_command_length; the standard requires receivers to ignore it. */
    static final int UNSPECIFIED_LENGTH = 0xFFF;

    static SectionBody encrypted(Bytes ciphertext) {
        SpliceCommand command = new EncryptedCommand(ciphertext);
        return new SectionBody(command, ciphertext.length() - 1, List.of(), Bytes.EMPTY, Bytes.EMPTY);
    }

    /** Reads from splice_command_type to the end of {@code reader}. */
    static SectionBody decode(BitReader reader, int spliceCommandLength, List<Warning> warnings) {
        int type = reader.uint(8, "splice_command_type");
        int start = reader.position();
        SpliceCommand command = SpliceCommand.hasOwnLength(type)
                ? decodeBySyntax(type, reader, spliceCommandLength, warnings)
                : decodeByLength(type, reader, spliceCommandLength, warnings);
        int commandLength = reader.position() - start;
        if (reader.sawClearReservedBit()) {
            warnings.add(new Warning(Warning.Code.RESERVED_BITS, "in " + command.name()));
        }
        if (spliceCommandLength == UNSPECIFIED_LENGTH && !SpliceCommand.hasOwnLength(type)) {
            return new SectionBody(command, commandLength, List.of(), Bytes.EMPTY, Bytes.EMPTY);
        }
        return decodeDescriptors(command, commandLength, reader, warnings);
    }

    private static SpliceCommand decodeBySyntax(int type, BitReader reader, int length, List<Warning> warnings) {
        int start = reader.position();
        SpliceCommand command = SpliceCommand.decode(type, reader);
        int used = reader.position() - start;
        if (length == UNSPECIFIED_LENGTH) {
            warnings.add(new Warning(Warning.Code.COMMAND_LENGTH_UNSPECIFIED, "splice_command_length 0xFFF"));
        } else if (length != used) {
            String detail = "splice_command_length " + length + ", " + command.name() + " takes " + used;
            warnings.add(new Warning(Warning.Code.COMMAND_LENGTH, detail));
            if (fit(reader, start + length).compareTo(fit(reader, start + used)) > 0) {
                reader.position(start + length);
            }
        }
        return command;
    }

    private static SpliceCommand decodeByLength(int type, BitReader reader, int length, List<Warning> warnings) {
        if (type != PrivateCommand.TYPE) {
            warnings.add(new Warning(Warning.Code.COMMAND_TYPE, "splice_command_type " + type));
        }
        if (length == UNSPECIFIED_LENGTH) {
            String detail = "splice_command_length 0xFFF: descriptors, if any, are taken as part of the command";
            warnings.add(new Warning(Warning.Code.COMMAND_LENGTH_UNSPECIFIED, detail));
            return SpliceCommand.decode(type, reader);
        }
        return SpliceCommand.decode(type, reader.slice(length, "splice_command"));
    }

    /** The plausibility of a descriptor loop in the rest of the section. */
    private enum Fit {
        NOT,
        WITH_STUFFING,
        EXACTLY
    }

    /** Returns the plausibility of a loop with valid lengths at {@code position}; does not move the reader. */
    private static Fit fit(BitReader reader, int position) {
        int before = reader.position();
        int end = before + reader.remainingBytes();
        if (position + 2 > end) {
            return Fit.NOT;
        }
        reader.position(position);
        try {
            BitReader loop = reader.slice(reader.uint(16, "descriptor_loop_length"), "splice_descriptor");
            while (loop.remainingBytes() > 0) {
                loop.skip(1, "splice_descriptor_tag");
                loop.skip(loop.uint(8, "descriptor_length"), "splice_descriptor");
            }
            return reader.remainingBytes() == 0 ? Fit.EXACTLY : Fit.WITH_STUFFING;
        } catch (MalformedDataException e) {
            return Fit.NOT;
        } finally {
            reader.position(before);
        }
    }

    private static SectionBody decodeDescriptors(
            SpliceCommand command, int commandLength, BitReader reader, List<Warning> warnings) {
        int length = reader.uint(16, "descriptor_loop_length");
        if (length > reader.remainingBytes()) {
            String most = "at most " + reader.remainingBytes();
            throw new MalformedDataException("descriptor_loop_length", most, Integer.toString(length));
        }
        int start = reader.position();
        Bytes coded = reader.bytes(length, "splice_descriptor");
        reader.position(start);
        BitReader loop = reader.slice(length, "splice_descriptor");
        List<SpliceDescriptor> descriptors = new ArrayList<>(2);
        while (loop.remainingBytes() > 0) {
            descriptors.add(SpliceDescriptor.decode(loop, warnings));
        }
        Bytes stuffing = reader.bytes(reader.remainingBytes(), "alignment_stuffing");
        return new SectionBody(command, commandLength, List.copyOf(descriptors), coded, stuffing);
    }
}
