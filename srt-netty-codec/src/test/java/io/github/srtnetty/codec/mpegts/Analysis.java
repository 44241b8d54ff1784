// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs streams through a {@link Tr101290Analyzer} with a clock that the test moves, and keeps what it fires. */
final class Analysis {
    private static final int DATAGRAM = 7 * TsPacket.SIZE;

    final List<Tr101290Event> events = new ArrayList<>();
    final Tr101290Analyzer analyzer;
    private final EmbeddedChannel channel;
    private long nanos;

    Analysis(Tr101290Limits limits) {
        this(TsPacketDecoder.analyzing(), limits);
    }

    Analysis(TsPacketDecoder decoder, Tr101290Limits limits) {
        analyzer = new Tr101290Analyzer(limits, () -> nanos);
        channel = new EmbeddedChannel(decoder, analyzer, new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ReferenceCountUtil.release(msg);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event instanceof Tr101290Event found) {
                    events.add(found);
                }
            }
        });
        channel.freezeTime();
    }

    static Analysis of(byte[] stream) {
        return of(stream, Tr101290Limits.DEFAULT);
    }

    static Analysis of(byte[] stream, Tr101290Limits limits) {
        return new Analysis(limits).feed(stream).end();
    }

    static Map<Tr101290Check, Long> errors(Multiplex stream) {
        return of(stream.bytes()).errors();
    }

    /** Feeds datagrams of 7 packets. */
    Analysis feed(byte[] stream) {
        for (int from = 0; from < stream.length; from += DATAGRAM) {
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, Math.min(DATAGRAM, stream.length - from)));
        }
        return this;
    }

    /** Feeds a stream of one packet a millisecond while the clock runs with it. */
    Analysis feedLive(byte[] stream) {
        for (int from = 0; from < stream.length; from += DATAGRAM) {
            int length = Math.min(DATAGRAM, stream.length - from);
            channel.writeInbound(Unpooled.copiedBuffer(stream, from, length));
            pass(length / TsPacket.SIZE);
        }
        return this;
    }

    /** Lets the host's clock run. */
    Analysis pass(long millis) {
        for (long left = millis; left > 0; left -= 10) {
            long step = Math.min(left, 10);
            nanos += TimeUnit.MILLISECONDS.toNanos(step);
            channel.advanceTimeBy(step, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        return this;
    }

    Analysis end() {
        channel.finishAndReleaseAll();
        return this;
    }

    /** Returns the checks that found errors, and how many. */
    Map<Tr101290Check, Long> errors() {
        Map<Tr101290Check, Long> errors = new EnumMap<>(Tr101290Check.class);
        for (Tr101290Check check : Tr101290Check.values()) {
            if (analyzer.counters().errors(check) > 0) {
                errors.put(check, analyzer.counters().errors(check));
            }
        }
        return errors;
    }

    List<Tr101290Event.Phase> phases(Tr101290Check check) {
        return events.stream()
                .filter(event -> event.check() == check)
                .map(Tr101290Event::phase)
                .toList();
    }
}
