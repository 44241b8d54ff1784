// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.access.Ban;
import io.github.srtnetty.relay.access.Bans;
import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.monitor.CallerStatistics;
import io.github.srtnetty.relay.monitor.CloseCause;
import io.github.srtnetty.relay.stream.Silence;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a publisher that sends too much, nothing after connecting, or nothing for too long. It reads the limits each
 * time, so a change also applies to connected publishers. SRT carries no reason in a close: after too much data, later
 * attempts of the same address for the same stream get 1402 for {@link #HOLD_SECONDS}. Event loop.
 */
final class PublisherWatch extends ChannelInboundHandlerAdapter {
    /** An encoder that retries every few seconds gets the code at least once. */
    static final int HOLD_SECONDS = 10;

    private static final int LOOK_MILLIS = 500;
    private static final int BITS_PER_KILOBIT = 1000;

    private final RelayState state;
    private final Bans bans;
    private final CallerStatistics callers;
    private final ConnectionLog log;
    private final Silence silence;
    private final SilenceReport report;
    private final ByteWindow window;
    private boolean hasSent;
    private boolean closed;
    private @Nullable Future<?> looks;

    /** Watches a connection that has just been accepted. */
    PublisherWatch(RelayState state, Bans bans, CallerStatistics callers, ConnectionLog log, SilenceReport report) {
        this.report = report;
        this.state = state;
        this.bans = bans;
        this.callers = callers;
        this.log = log;
        silence = new Silence(log.connection().channel(), System.nanoTime());
        window = new ByteWindow(System.nanoTime());
    }

    /** Begins to watch; a publisher that waited for the hook is already active. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        looks = ctx.executor().scheduleWithFixedDelay(() -> look(ctx), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (looks != null) {
            looks.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        long now = System.nanoTime();
        hasSent = true;
        silence.endsAt(now);
        long bits = window.add(((ByteBuf) msg).readableBytes(), now) * Byte.SIZE;
        int kilobits = state.rules().number(RelaySetting.MAX_PUBLISHER_KILOBITS);
        if (kilobits == 0 || bits <= (long) kilobits * BITS_PER_KILOBIT * ByteWindow.SECONDS) {
            ctx.fireChannelRead(msg);
            return;
        }
        ((ByteBuf) msg).release();
        if (!closed) {
            hold();
            close(
                    ctx,
                    CloseCause.BIT_RATE,
                    "it sent %d kbit within %d s, which is above maxPublisherKilobits=%d on average",
                    bits / BITS_PER_KILOBIT,
                    ByteWindow.SECONDS,
                    kilobits);
        }
    }

    private void look(ChannelHandlerContext ctx) {
        report.look(System.nanoTime());
        RelaySetting setting = hasSent ? RelaySetting.IDLE_PUBLISHER_MILLIS : RelaySetting.FIRST_DATA_MILLIS;
        int millis = state.rules().number(setting);
        if (!closed && millis > 0 && silence.isLongerThan(millis, System.nanoTime())) {
            CloseCause cause = hasSent ? CloseCause.IDLE : CloseCause.NO_DATA;
            close(ctx, cause, "it has sent nothing for %s=%d", setting.key(), millis);
        }
    }

    private void close(ChannelHandlerContext ctx, CloseCause cause, String format, Object... values) {
        closed = true;
        callers.closed(cause).increment();
        log.line("closed: " + format, values);
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ctx.close();
    }

    /** Rejects later attempts for a short time, because a close carries no code. */
    private void hold() {
        if (log.connection().channel().remoteAddress() instanceof InetSocketAddress peer && peer.getAddress() != null) {
            Instant now = Instant.now();
            Ban ban = new Ban(
                    UUID.randomUUID().toString(),
                    Cidr.of(peer.getAddress()),
                    log.request().name(),
                    SrtRejectReason.OVERLOAD,
                    now.plusSeconds(HOLD_SECONDS),
                    "bit rate above maxPublisherKilobits");
            bans.add(ban, now); // if the ban table is full, the attempt is accepted
        }
    }
}
