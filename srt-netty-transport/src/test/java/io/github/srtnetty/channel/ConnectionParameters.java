// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

/** Negotiated parameters for tests of a channel's parts. */
final class ConnectionParameters {
    static final int LATENCY_MILLIS = 120;
    static final int IDLE_MILLIS = 5000;

    private ConnectionParameters() {}

    static SrtNegotiated live() {
        return live(LATENCY_MILLIS);
    }

    static SrtNegotiated live(int latencyMillis) {
        return new SrtNegotiated(true, true, 1316, 1456, 8 << 20, 8 << 20, latencyMillis, latencyMillis, IDLE_MILLIS);
    }

    static SrtNegotiated stream(int bufferBytes) {
        return new SrtNegotiated(false, false, Integer.MAX_VALUE, 0, bufferBytes, bufferBytes, 0, 0, IDLE_MILLIS);
    }

    static SrtNegotiated fileMessages() {
        return new SrtNegotiated(true, false, 1 << 20, 1 << 20, 8 << 20, 8 << 20, 0, 0, IDLE_MILLIS);
    }
}
