// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitReader;
import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * private_command(), SCTE 35 9.7.6. Its length is splice_command_length.
 *
 * <pre>
 * private_command() {
 *   identifier                32
 *   for (i = 0; i &lt; N; i++)
 *     private_byte             8
 * }
 * </pre>
 *
 * @param identifier the registered format_identifier of the owner, unsigned 32 bits
 */
public record PrivateCommand(long identifier, Bytes privateBytes) implements SpliceCommand {
    /** splice_command_type. */
    public static final int TYPE = 0xFF;

    /** Checks the range. */
    public PrivateCommand {
        Limits.bits("identifier", identifier, 32);
    }

    @Override
    public int spliceCommandType() {
        return TYPE;
    }

    @Override
    public String name() {
        return "private_command";
    }

    static PrivateCommand decode(BitReader reader) {
        long identifier = reader.bits(32, "identifier");
        return new PrivateCommand(identifier, reader.bytes(reader.remainingBytes(), "private_byte"));
    }

    @Override
    public void encode(BitWriter writer) {
        writer.bits(identifier, 32, "identifier").bytes(privateBytes);
    }
}
