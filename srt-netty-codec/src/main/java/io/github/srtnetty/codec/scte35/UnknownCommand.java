// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * A command of a type that SCTE 35 2023r1 reserves (Table 7), with the bytes that splice_command_length covers.
 *
 * @param spliceCommandType 0 to 255
 */
public record UnknownCommand(int spliceCommandType, Bytes body) implements SpliceCommand {
    /** Checks that the type is a reserved one. */
    public UnknownCommand {
        Limits.bits("splice_command_type", spliceCommandType, 8);
        if (SpliceCommand.hasOwnLength(spliceCommandType) || spliceCommandType == PrivateCommand.TYPE) {
            throw new IllegalArgumentException("splice_command_type " + spliceCommandType + " is not reserved");
        }
    }

    @Override
    public String name() {
        return "reserved";
    }

    @Override
    public void encode(BitWriter writer) {
        writer.bytes(body);
    }
}
