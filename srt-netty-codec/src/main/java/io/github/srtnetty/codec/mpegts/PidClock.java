// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

/** The last PCR and PTS of a PID. All programs with their clock on the PID share one instance. */
final class PidClock {
    private long lastPcr27M = TsPacket.NONE;
    private long lastPts90k = TsPacket.NONE;

    /** Returns the last PCR, in ticks of 27 MHz; {@link TsPacket#NONE} before the first. */
    long lastPcr27M() {
        return lastPcr27M;
    }

    /** Returns the last PTS, in ticks of 90 kHz and in coding order; {@link TsPacket#NONE} before the first. */
    long lastPts90k() {
        return lastPts90k;
    }

    void observe(TsPacket packet) {
        long pcr = packet.pcr27M();
        lastPcr27M = pcr == TsPacket.NONE ? lastPcr27M : pcr;
        if (packet.payloadUnitStartIndicator()) {
            long pts = PesHeader.pts90k(packet);
            lastPts90k = pts == TsPacket.NONE ? lastPts90k : pts;
        }
    }
}
