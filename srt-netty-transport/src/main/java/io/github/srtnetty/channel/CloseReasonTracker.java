// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a connection ends. libsrt does not report whether a peer closed or fell silent; the time since the peer
 * last sent shows it. Event loop.
 */
final class CloseReasonTracker {
    /** libsrt looks for silent peers about once a second, and samples are not continuous either. */
    private static final long TOLERANCE_MILLIS = 300;

    private static final long LATE_MILLIS = 2500;
    /** libsrt also wants 16 of its timers of 300 ms to run out, however short the peer idle time-out is. */
    private static final long LEAST_IDLE_MILLIS = 16 * 300;

    private @Nullable SrtCloseReason reason;
    private long peerPackets;
    private long heardNanos;

    /** Notes that the connection is up, so its peer has sent something. */
    void connected(long nowNanos) {
        peerSeen(nowNanos);
    }

    /** Notes that the peer has sent something. */
    void peerSeen(long nowNanos) {
        heardNanos = nowNanos;
    }

    /** Notes whether packets or acknowledgements came since the sample before: they show that the peer is there. */
    void sampled(SrtStatistics sample, long nowNanos) {
        long received = sample.pktRecvTotal() + sample.asLong(SrtStatistic.PKT_RECV_ACK_TOTAL);
        if (received != peerPackets) {
            peerPackets = received;
            peerSeen(nowNanos);
        }
    }

    /** Notes a reason; the first one counts, the others follow from it. */
    void closes(SrtCloseReason because) {
        if (reason == null) {
            reason = because;
        }
    }

    /** Notes that the peer is gone. */
    void peerGone(long nowNanos, int peerIdleMillis) {
        closes(reasonNow(nowNanos, peerIdleMillis));
    }

    /** Notes that the peer is gone while this side waits for it to close: it counts where the peer fell silent. */
    void brokeWhileClosing(long nowNanos, int peerIdleMillis) {
        SrtCloseReason because = reasonNow(nowNanos, peerIdleMillis);
        if (because != SrtCloseReason.PEER_CLOSED) {
            closes(because);
        }
    }

    private SrtCloseReason reasonNow(long nowNanos, int peerIdleMillis) {
        return reasonAfter(TimeUnit.NANOSECONDS.toMillis(nowNanos - heardNanos), peerIdleMillis);
    }

    /** Returns the reason, {@code LOCAL} where none was noted. */
    SrtCloseReason reason() {
        SrtCloseReason noted = reason;
        return noted == null ? SrtCloseReason.LOCAL : noted;
    }

    /** Returns why a peer is gone that was silent for so long. */
    static SrtCloseReason reasonAfter(long silentMillis, int peerIdleMillis) {
        long idleMillis = Math.max(LEAST_IDLE_MILLIS, peerIdleMillis);
        if (silentMillis < idleMillis - TOLERANCE_MILLIS) {
            return SrtCloseReason.PEER_CLOSED;
        }
        return silentMillis < idleMillis + LATE_MILLIS ? SrtCloseReason.IDLE_TIMEOUT : SrtCloseReason.LOST;
    }
}
