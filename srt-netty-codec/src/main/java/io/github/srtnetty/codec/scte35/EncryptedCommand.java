// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;
import io.github.srtnetty.codec.bits.Bytes;

/**
 * The substitute for the command of a section that could not be decrypted (SCTE 35 clause 11): all bytes from
 * splice_command_type to E_CRC_32, as received. They include the command and the descriptors.
 */
public record EncryptedCommand(Bytes ciphertext) implements SpliceCommand {
    /** Checks that the ciphertext is not empty. */
    public EncryptedCommand {
        if (ciphertext.isEmpty()) {
            throw new IllegalArgumentException("ciphertext: empty");
        }
    }

    /** Returns the first encrypted byte, because the type is hidden. */
    @Override
    public int spliceCommandType() {
        return ciphertext.at(0);
    }

    @Override
    public String name() {
        return "encrypted";
    }

    /** Writes all bytes except the first, which is in the place of splice_command_type. */
    @Override
    public void encode(BitWriter writer) {
        writer.bytes(ciphertext.slice(1, ciphertext.length() - 1));
    }
}
