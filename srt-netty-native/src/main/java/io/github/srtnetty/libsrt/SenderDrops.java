// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The number of packets that a sender dropped. libsrt 1.5.1 to 1.5.3 count each drop of any number of packets as one,
 * but their byte count is correct except for the headers ({@code CUDT::sndDropTooLate}). The version is not compared.
 * Instead, a sample with more bytes per packet than the MSS allows proves the error, and from then on the correction
 * applies to the process. Any thread.
 */
final class SenderDrops {
    /** The header bytes that libsrt counts for each packet: IPv4, UDP and SRT. */
    static final int HEADER_BYTES = 44;
    /** The assumed payload of a live packet if no sent packet shows the size. */
    private static final int USUAL_PAYLOAD_BYTES = 1316;

    private static final AtomicBoolean COUNTS_DROPS = new AtomicBoolean();

    private SenderDrops() {}

    /**
     * Returns the number of dropped packets.
     *
     * @param counted libsrt's count of packets or of drops
     * @param bytes libsrt's count of their bytes
     * @param mss the largest packet with its headers, in bytes; 0 if it is unknown
     * @param sentPackets the packets that were sent for the first time
     * @param sentBytes the bytes of these packets with headers
     */
    static long packets(long counted, long bytes, long mss, long sentPackets, long sentBytes) {
        long payload = bytes - HEADER_BYTES * counted;
        if (counted <= 0 || payload <= 0) {
            return counted;
        }
        if (mss > HEADER_BYTES && payload > counted * (mss - HEADER_BYTES)) {
            COUNTS_DROPS.set(true);
        }
        return COUNTS_DROPS.get() ? Math.max(counted, divide(payload, sentPackets, sentBytes)) : counted;
    }

    private static long divide(long payload, long sentPackets, long sentBytes) {
        double mean = sentPackets > 0 ? (double) sentBytes / sentPackets - HEADER_BYTES : 0;
        return Math.round(payload / (mean >= 1 ? mean : USUAL_PAYLOAD_BYTES));
    }
}
