// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/** A splice command, SCTE 35 9.7. Commands of reserved types are also values. */
public sealed interface SpliceCommand
        permits SpliceNull,
                SpliceSchedule,
                SpliceInsert,
                TimeSignal,
                BandwidthReservation,
                PrivateCommand,
                UnknownCommand,
                EncryptedCommand {
    /** Returns splice_command_type, 0 to 255; for an encrypted command the byte as received. */
    int spliceCommandType();

    /** Returns the name in the standard, for example {@code splice_insert}. */
    String name();

    /** Writes the command's own syntax, without its type and length. */
    void encode(BitWriter writer);

    /**
     * Reads a command whose syntax determines its length. A private or unknown command takes all bytes of {@code
     * reader}.
     *
     * @throws io.github.srtnetty.codec.bits.MalformedDataException when the bytes end inside the command
     */
    static SpliceCommand decode(int spliceCommandType, BitReader reader) {
        return switch (spliceCommandType) {
            case SpliceNull.TYPE -> SpliceNull.INSTANCE;
            case SpliceSchedule.TYPE -> SpliceSchedule.decode(reader);
            case SpliceInsert.TYPE -> SpliceInsert.decode(reader);
            case TimeSignal.TYPE -> TimeSignal.decode(reader);
            case BandwidthReservation.TYPE -> BandwidthReservation.INSTANCE;
            case PrivateCommand.TYPE -> PrivateCommand.decode(reader);
            default -> {
                Bytes body = reader.bytes(reader.remainingBytes(), "splice_command");
                yield new UnknownCommand(spliceCommandType, body);
            }
        };
    }

    /** Returns whether the syntax of the type determines the end, so a wrong length can be corrected. */
    static boolean hasOwnLength(int spliceCommandType) {
        return switch (spliceCommandType) {
            case SpliceNull.TYPE, SpliceSchedule.TYPE, SpliceInsert.TYPE, TimeSignal.TYPE, BandwidthReservation.TYPE ->
                true;
            default -> false;
        };
    }
}
