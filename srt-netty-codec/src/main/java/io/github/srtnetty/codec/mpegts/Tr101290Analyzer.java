// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.github.srtnetty.codec.timer.ActiveTimer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks a transport stream by ETSI TR 101 290, 5.2. Fires a {@link Tr101290Event} as a user event for each error and
 * for the begin and the end of each outage, keeps {@link #counters()}, and passes all messages on. Add it after {@link
 * TsPacketDecoder#analyzing()}; after another decoder a single wrong sync_byte also counts as lost packets.
 *
 * <p>Times are measured by the PCR, even if a file is read at full speed. If no PCR arrives for 0.5 s, the host's clock
 * takes over, so that missing tables and PIDs are counted while the stream is silent. A missing table or PID is one
 * outage, and one error for each period of its limit.
 *
 * <p>A packet with transport_error_indicator or a wrong sync_byte counts only as this error. It is not used for other
 * checks, and its missing continuity_counter is not an error. Runs on the channel's event loop, and checks the host's
 * clock there every 100 ms.
 */
public final class Tr101290Analyzer extends ChannelInboundHandlerAdapter {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** TR 101 290, 5.2.1. */
    private static final int GOOD_TO_LOCK = 5;

    private final StreamClock clock;
    private final Tr101290Reporter reporter;
    private final Tr101290Monitor monitor;
    private final ActiveTimer timer = new ActiveTimer(TICK_NANOS, this::tick);
    private boolean lost;
    private boolean found;
    private long lostAt;
    private long foundPackets;

    /** Creates an analyzer with {@link Tr101290Limits#DEFAULT}. */
    public Tr101290Analyzer() {
        this(Tr101290Limits.DEFAULT);
    }

    /** Creates an analyzer with {@code limits}. */
    public Tr101290Analyzer(Tr101290Limits limits) {
        this(limits, System::nanoTime);
    }

    /**
     * Creates an analyzer with {@code limits}.
     *
     * @param nanoTime the host's clock, in nanoseconds; a constant one, {@code () -> 0}, leaves all times to the PCR,
     *     which is right for a file
     */
    public Tr101290Analyzer(Tr101290Limits limits, LongSupplier nanoTime) {
        clock = new StreamClock(nanoTime);
        reporter = new Tr101290Reporter(clock, timer::fire);
        monitor = new Tr101290Monitor(clock, limits, reporter);
    }

    /** Returns the counts so far; on the event loop only. */
    public Tr101290Counters counters() {
        return reporter.counters();
    }

    /** Returns the time of the stream since its first PCR; on the event loop only. */
    public Duration elapsed() {
        return StreamClock.duration(clock.now());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timer.handlerAdded(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer.channelActive(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.handlerRemoved();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timer.channelInactive(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof TsPackets packets) {
            check(packets);
        }
        ctx.fireChannelRead(msg);
    }

    private void tick() {
        monitor.tick();
    }

    private void check(TsPackets packets) {
        boolean done = false;
        try {
            if (lost && found) {
                lock(packets);
            }
            monitor.accept(packets);
            done = true;
        } finally {
            if (!done) {
                packets.release();
            }
        }
    }

    private void lock(TsPackets packets) {
        foundPackets += packets.count();
        if (foundPackets >= GOOD_TO_LOCK) {
            lost = false;
            reporter.at(packets.firstPacketIndex());
            reporter.end(Tr101290Check.TS_SYNC_LOSS, clock.now() - lostAt, "in sync again");
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof TsSyncLossEvent loss) {
            reporter.at(loss.packetIndex());
            for (int i = 0; i < loss.badSyncBytes(); i++) {
                reporter.error(Tr101290Check.SYNC_BYTE, "sync_byte is not 0x47");
            }
            lose(loss.packetIndex());
        } else if (event instanceof TsSyncEvent sync && sync.packetIndex() > 0) {
            if (!lost && isOnePacket(sync.skippedBytes())) { // of a decoder with a rule of its own
                reporter.at(sync.packetIndex());
                reporter.error(Tr101290Check.SYNC_BYTE, "sync_byte is not 0x47");
            } else {
                lose(sync.packetIndex());
                found = true;
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private static boolean isOnePacket(long bytes) {
        return Arrays.stream(TsPacketFormat.values()).anyMatch(format -> format.stride() == bytes);
    }

    private void lose(long packetIndex) {
        if (!lost) {
            lost = true;
            found = false;
            foundPackets = 0;
            lostAt = clock.now();
            reporter.at(packetIndex);
            reporter.begin(Tr101290Check.TS_SYNC_LOSS, "no sync_byte where packets should begin");
        }
    }
}
