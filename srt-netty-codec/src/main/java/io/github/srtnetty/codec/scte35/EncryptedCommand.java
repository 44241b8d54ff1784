// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * The substitute for the command when no key opened the section (SCTE 35 clause 11): everything from
 * splice_command_type up to and with E_CRC_32, as it is on the wire. Command and descriptors are inside.
 */
public record EncryptedCommand(Bytes ciphertext) implements SpliceCommand {
    /** Checks that something is there. */
    public EncryptedCommand {
        if (ciphertext.isEmpty()) {
            throw new IllegalArgumentException("ciphertext: empty");
        }
    }

    /** Returns the first encrypted byte: the type is hidden. */
    @Override
    public int spliceCommandType() {
        return ciphertext.at(0);
    }

    @Override
    public String name() {
        return "encrypted";
    }

    /** Writes all but the first byte, which stands where splice_command_type stands. */
    @Override
    public void encode(BitWriter writer) {
        writer.bytes(ciphertext.slice(1, ciphertext.length() - 1));
    }
}
