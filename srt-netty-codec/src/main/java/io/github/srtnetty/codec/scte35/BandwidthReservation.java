// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import io.github.srtnetty.codec.bits.BitWriter;

/**
 * bandwidth_reservation(), SCTE 35 9.7.5: an empty command that reserves bandwidth in a multiplex; receivers ignore it.
 */
public record BandwidthReservation() implements SpliceCommand {
    /** splice_command_type. */
    public static final int TYPE = 0x07;
    /** The only value. */
    public static final BandwidthReservation INSTANCE = new BandwidthReservation();

    @Override
    public int spliceCommandType() {
        return TYPE;
    }

    @Override
    public String name() {
        return "bandwidth_reservation";
    }

    @Override
    public void encode(BitWriter writer) {}
}
