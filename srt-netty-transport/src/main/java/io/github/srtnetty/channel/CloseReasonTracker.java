// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Determines why a connection ended. libsrt does not report whether a peer closed or fell silent, so the tracker infers
 * it from the time since the peer's last packet. Event loop.
 */
final class CloseReasonTracker {
    /** The clock of libsrt is read a moment before or after that of the loop. */
    private static final long TOLERANCE_MILLIS = 100;

    private static final long LATE_MILLIS = 2500;
    /** libsrt also requires 16 expirations of its 300 ms timer, however short the peer idle time-out is. */
    private static final long LEAST_IDLE_MILLIS = 16 * 300;

    private final ReceiveOverflow overflow = new ReceiveOverflow();
    private @Nullable SrtCloseReason reason;
    private boolean live;
    private long peerPackets;
    private long sampledNanos;
    private long heardNanos;

    /**
     * Notes that the connection is up, so its peer has sent something.
     *
     * @param isLive whether the connection is in live mode
     */
    void connected(long nowNanos, boolean isLive) {
        live = isLive;
        overflow.connected(nowNanos);
        sampledNanos = nowNanos;
        peerSeen(nowNanos);
    }

    /** Notes that the peer has sent something. */
    void peerSeen(long nowNanos) {
        heardNanos = nowNanos;
    }

    /**
     * Notes whether packets or acknowledgements arrived since the last sample, which show that the peer is alive. They
     * may have arrived right after that sample, which is long ago if the loop was busy; a later time would make a
     * silent peer look like one that closed, and its data complete.
     *
     * @param nowNanos the time before the sample was taken
     */
    void sampled(SrtStatistics sample, long nowNanos) {
        if (live) {
            overflow.sampled(sample, nowNanos);
        }
        sampled(sample.pktRecvTotal() + sample.asLong(SrtStatistic.PKT_RECV_ACK_TOTAL), nowNanos);
    }

    /** Does the same for the number of packets and acknowledgements. */
    void sampled(long received, long nowNanos) {
        if (received != peerPackets) {
            peerPackets = received;
            if (sampledNanos - heardNanos > 0) {
                peerSeen(sampledNanos);
            }
        }
        sampledNanos = nowNanos;
    }

    /** Notes a reason; the first one counts, the others follow from it. */
    void closes(SrtCloseReason because) {
        if (reason == null) {
            reason = because;
        }
    }

    /** Notes that the peer is gone. */
    void peerGone(long nowNanos, int peerIdleMillis) {
        SrtCloseReason because = reasonNow(nowNanos, peerIdleMillis);
        closes(because == SrtCloseReason.PEER_CLOSED && overflow.isLikely() ? SrtCloseReason.OVERFLOW : because);
    }

    /** Notes that libsrt has dropped data which the application did not read after the peer had closed. */
    void dataDropped() {
        if (reason == SrtCloseReason.PEER_CLOSED) {
            reason = SrtCloseReason.OVERFLOW;
        }
    }

    /** Notes that the peer is gone while this side waits to close; sets a reason only if the peer fell silent. */
    void brokeWhileClosing(long nowNanos, int peerIdleMillis) {
        SrtCloseReason because = reasonNow(nowNanos, peerIdleMillis);
        if (because != SrtCloseReason.PEER_CLOSED) {
            closes(because);
        }
    }

    private SrtCloseReason reasonNow(long nowNanos, int peerIdleMillis) {
        return reasonAfter(TimeUnit.NANOSECONDS.toMillis(nowNanos - heardNanos), peerIdleMillis);
    }

    /** Returns the reason; {@code LOCAL} if none was noted. */
    SrtCloseReason reason() {
        SrtCloseReason noted = reason;
        return noted == null ? SrtCloseReason.LOCAL : noted;
    }

    /** Returns why a peer is gone that was silent for {@code silentMillis}. */
    static SrtCloseReason reasonAfter(long silentMillis, int peerIdleMillis) {
        long idleMillis = Math.max(LEAST_IDLE_MILLIS, peerIdleMillis);
        if (silentMillis < idleMillis - TOLERANCE_MILLIS) {
            return SrtCloseReason.PEER_CLOSED;
        }
        return silentMillis < idleMillis + LATE_MILLIS ? SrtCloseReason.IDLE_TIMEOUT : SrtCloseReason.LOST;
    }
}
