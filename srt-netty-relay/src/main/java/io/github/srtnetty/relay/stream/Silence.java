// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.stream;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time since which data of a publisher could have arrived but did not. libsrt delivers a packet one latency after
 * it was sent: nothing can arrive before the connection has lasted for one latency and one round trip, and a publisher
 * whose packets wait in libsrt is not silent, however old the last delivery is. Any thread.
 */
public final class Silence {
    private final Channel channel;
    private volatile long sinceNanos;

    /** Begins with a connection that has just been accepted. */
    public Silence(Channel channel, long nowNanos) {
        this.channel = channel;
        sinceNanos = nowNanos + TimeUnit.MILLISECONDS.toNanos(firstDeliveryMillis(channel));
    }

    /** Notes a delivery, or that no delivery was possible until now. */
    public void endsAt(long nowNanos) {
        if (nowNanos - sinceNanos > 0) {
            sinceNanos = nowNanos;
        }
    }

    /** Returns whether no data arrived for a time, although it could have. */
    public boolean isLongerThan(long millis, long nowNanos) {
        return nowNanos - sinceNanos > TimeUnit.MILLISECONDS.toNanos(millis) && !waits();
    }

    /** Returns whether packets wait in libsrt until they are due. */
    private boolean waits() {
        Integer packets = option(channel, SrtChannelOption.SRTO_RCVDATA);
        return packets != null && packets > 0;
    }

    /** Returns the latency that was negotiated and the round-trip time, 0 for a channel that is not SRT's. */
    private static long firstDeliveryMillis(Channel channel) {
        Integer latency = option(channel, SrtChannelOption.SRTO_RCVLATENCY);
        SrtStatistics statistics = channel instanceof SrtChannel srt ? srt.statistics() : null;
        double rtt = statistics == null ? 0 : Math.max(0, statistics.rttMillis());
        return (latency == null ? 0 : latency) + (long) Math.ceil(rtt);
    }

    private static @Nullable Integer option(Channel channel, SrtChannelOption<Integer> option) {
        return channel instanceof SrtChannel srt ? srt.config().get(option) : null;
    }
}
