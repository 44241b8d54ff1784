// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection's life: the last statistics, as libsrt gives none once the peer is gone, when the peer
 * was last heard, and why the channel closed. Statistics from any thread, all else on the event loop.
 */
final class SrtVitals {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtVitals.class);
    private static final long SAMPLE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** libsrt looks for silent peers about once a second, and samples are not continuous either. */
    private static final long TOLERANCE_MILLIS = 300;

    private static final long LATE_MILLIS = 2500;
    /** libsrt also wants 16 of its timers of 300 ms to run out, however short the peer idle time-out is. */
    private static final long LEAST_IDLE_MILLIS = 16 * 300;

    /** Samples a socket. */
    @FunctionalInterface
    interface Source {
        /** Returns a new sample, null where libsrt gives none. */
        @Nullable
        SrtStatistics sample(boolean clearInterval);
    }

    private record Kept(@Nullable SrtStatistics statistics, boolean isFinal) {}

    private final SrtChannel channel;
    private final Source source;
    private final AtomicReference<Kept> last = new AtomicReference<>(new Kept(null, false));
    private @Nullable SrtCloseReason closeReason;
    private long heardPackets;
    private long heardNanos;
    private long sampledNanos;
    private boolean closed;

    /** Keeps what {@code source} samples while {@code channel} is active. */
    SrtVitals(SrtChannel channel, Source source) {
        this.channel = channel;
        this.source = source;
    }

    void connected() {
        sampledNanos = System.nanoTime();
        heardNanos = sampledNanos;
        keep(source.sample(false), false);
    }

    /** Samples the connection; returns the last sample once it is gone. */
    @Nullable
    SrtStatistics statistics(boolean clearInterval) {
        sample(clearInterval);
        return kept().statistics;
    }

    private @Nullable SrtStatistics sample(boolean clearInterval) {
        SrtStatistics sample = channel.isActive() ? source.sample(clearInterval) : null;
        keep(sample, false);
        return sample;
    }

    private Kept kept() {
        return Objects.requireNonNull(last.get());
    }

    /** Keeps a sample, but for one that another thread took before the final one and brings after it. */
    private void keep(@Nullable SrtStatistics sample, boolean isFinal) {
        last.updateAndGet(kept -> kept.isFinal ? kept : new Kept(sample == null ? kept.statistics : sample, isFinal));
    }

    /** Called after each turn of reading or writing: keeps a sample that is not too old. */
    void turnEnded() {
        long now = System.nanoTime();
        if (now - sampledNanos >= SAMPLE_NANOS) {
            sampledNanos = now;
            listen(sample(false), now); // an old one, once the connection is gone, tells nothing of now
        }
    }

    /** Notes the first reason, the others follow from it. */
    void closes(SrtCloseReason reason) {
        if (closeReason == null) {
            closeReason = reason;
        }
    }

    /** Notes that the peer is gone. */
    void peerGone() {
        long silentMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
        closes(reasonAfter(silentMillis, channel.negotiated().peerIdleMillis()));
    }

    /** Returns why a peer is gone that was silent for so long. */
    static SrtCloseReason reasonAfter(long silentMillis, int peerIdleMillis) {
        long idleMillis = Math.max(LEAST_IDLE_MILLIS, peerIdleMillis);
        if (silentMillis < idleMillis - TOLERANCE_MILLIS) {
            return SrtCloseReason.PEER_CLOSED;
        }
        return silentMillis < idleMillis + LATE_MILLIS ? SrtCloseReason.IDLE_TIMEOUT : SrtCloseReason.LOST;
    }

    /** Takes the last sample and tells the pipeline why the channel closes. */
    void closing() {
        if (closed) {
            return;
        }
        closed = true;
        keep(channel.isActive() ? source.sample(false) : null, true);
        closes(SrtCloseReason.LOCAL);
        if (channel.isRegistered()) {
            tell(new SrtCloseEvent(Objects.requireNonNull(closeReason), kept().statistics));
        }
    }

    /** As a task, because a handler may have called close and must not be called back inside of that. */
    private void tell(SrtCloseEvent event) {
        try {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(event));
        } catch (RejectedExecutionException e) {
            LOGGER.debug("the event loop has ended before {} could be told", event, e);
        }
    }

    /** Packets or acknowledgements that came since the last look show that the peer is there. */
    private void listen(@Nullable SrtStatistics sample, long now) {
        if (sample != null) {
            long heard = sample.pktRecvTotal() + sample.asLong(SrtStatistic.PKT_RECV_ACK_TOTAL);
            if (heard != heardPackets) {
                heardPackets = heard;
                heardNanos = now;
            }
        }
    }
}
