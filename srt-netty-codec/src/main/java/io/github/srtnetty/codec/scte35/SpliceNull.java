// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;

/** splice_null(), SCTE 35 9.7.1: an empty command; sent as a heartbeat. */
public record SpliceNull() implements SpliceCommand {
    /** splice_command_type. */
    public static final int TYPE = 0x00;
    /** The only value. */
    public static final SpliceNull INSTANCE = new SpliceNull();

    @Override
    public int spliceCommandType() {
        return TYPE;
    }

    @Override
    public String name() {
        return "splice_null";
    }

    @Override
    public void encode(BitWriter writer) {}
}
