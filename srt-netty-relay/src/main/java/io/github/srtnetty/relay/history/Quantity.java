// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.history;

/** A quantity of a stream in its history. A second without a measurement is a gap. */
public enum Quantity {
    /** The data that the publisher sent, without retransmissions, in bits per second of payload. */
    BITS_PER_SECOND("bitsPerSecond", Fold.MEAN),
    /** Payloads that the publisher sent per second. */
    PACKETS_PER_SECOND("packetsPerSecond", Fold.MEAN),
    /** libsrt's estimate of what the path to the publisher can carry ({@code mbpsBandwidth}), in bits per second. */
    BANDWIDTH("bandwidthBitsPerSecond", Fold.MEAN),
    /** The round-trip time to the publisher in milliseconds; the worst one of a step. */
    RTT("rttMillis", Fold.MAX),
    /** The data in the receive buffer, in milliseconds of the stream. */
    BUFFER("bufferMillis", Fold.MEAN),
    /** The negotiated latency in milliseconds. */
    LATENCY("latencyMillis", Fold.MAX),
    /** Packets found missing per second; most of them are recovered. */
    LOST("lostPerSecond", Fold.MEAN),
    /** Retransmitted packets received per second. */
    RETRANSMITTED("retransmittedPerSecond", Fold.MEAN),
    /** Packets per second that arrived too late, or twice. */
    BELATED("belatedPerSecond", Fold.MEAN),
    /** Packets per second that were never delivered; viewers miss them. */
    DROPPED("droppedPerSecond", Fold.MEAN);

    /** How the value of a step is computed from its seconds. */
    enum Fold {
        MEAN,
        MAX
    }

    /** The number of quantities. */
    static final int COUNT = values().length;

    private final String key;
    private final Fold fold;

    Quantity(String key, Fold fold) {
        this.key = key;
        this.fold = fold;
    }

    /** Returns its name in JSON and CSV, with the unit. */
    public String key() {
        return key;
    }

    Fold fold() {
        return fold;
    }
}
