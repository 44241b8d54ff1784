// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream of bytes into payloads of equal size. If it finds the packets of a transport stream, the first
 * payload may be shorter, so that the others begin with a packet. One thread.
 */
public final class PayloadCutter {
    public static final int TS_PACKET_BYTES = 188;

    private static final int SYNC_BYTE = 0x47;
    private static final int SYNC_PACKETS = 5;
    private static final int PROBE_BYTES = (SYNC_PACKETS + 1) * TS_PACKET_BYTES;

    private final InputStream in;
    private final int payloadBytes;
    private final byte[] probe;
    private final int syncOffset;
    private int probePosition;

    private PayloadCutter(InputStream in, int payloadBytes, byte[] probe) {
        this.in = in;
        this.payloadBytes = payloadBytes;
        this.probe = probe;
        syncOffset = findSync(probe);
    }

    /** Returns a cutter that searches the start of the stream for packets. */
    public static PayloadCutter probing(InputStream in, int payloadBytes) throws IOException {
        return new PayloadCutter(in, payloadBytes, in.readNBytes(PROBE_BYTES));
    }

    /** Returns a cutter that does not search for packets. */
    public static PayloadCutter blind(InputStream in, int payloadBytes) {
        return new PayloadCutter(in, payloadBytes, new byte[0]);
    }

    /** Returns whether the stream was empty at its start. */
    public boolean isEmpty() {
        return probe.length == 0;
    }

    /** Returns whether packets were found at the start. */
    public boolean isTransportStream() {
        return syncOffset >= 0;
    }

    /** Returns the offset of the first complete packet, or -1 if this is not a transport stream. */
    public int syncOffset() {
        return syncOffset;
    }

    /** Returns the next payload; the last one may be shorter, and later ones are empty. Blocks like the stream. */
    public byte[] next() throws IOException {
        int want = probePosition == 0 && syncOffset > 0 ? syncOffset : payloadBytes;
        byte[] payload = new byte[want];
        int length = Math.min(want, probe.length - probePosition);
        System.arraycopy(probe, probePosition, payload, 0, length);
        probePosition += length;
        length += in.readNBytes(payload, length, want - length);
        return length == want ? payload : Arrays.copyOf(payload, length);
    }

    // A packet begins where sync bytes follow at packet distance, five times or up to the end.
    private static int findSync(byte[] start) {
        for (int offset = 0; offset < TS_PACKET_BYTES && offset + TS_PACKET_BYTES <= start.length; offset++) {
            int position = offset;
            while (position < start.length && start[position] == SYNC_BYTE) {
                position += TS_PACKET_BYTES;
            }
            if (position >= start.length) {
                return offset;
            }
        }
        return -1;
    }
}
