// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;

/**
 * Finds a player that is connected but gets nothing any more. A live receiver whose buffer is full drops packets
 * without a loss report, and libsrt sends packets again only after such a report, or if it may drop late ones, which
 * the relay does not allow. A receiver of libsrt 1.5.1 therefore gets nothing when its application reads again: packets
 * are under way, and nothing is acknowledged. Event loop.
 */
final class Acknowledgements {
    /** The time between two looks. */
    static final int LOOK_MILLIS = 1000;

    private static final int LEAST_LOOKS = 2;

    private final int mostLooks;
    private long acknowledgements = -1;
    private int looks;

    /** Creates a watch that finds a player after as many looks as make this time; looks, as a loop may be late. */
    Acknowledgements(int millis) {
        mostLooks = Math.max(LEAST_LOOKS, (millis + LOOK_MILLIS - 1) / LOOK_MILLIS);
    }

    /** Returns the watch of a channel, which waits as long as libsrt does for a silent peer. */
    static Acknowledgements of(SrtChannel channel) {
        Integer millis = channel.config().get(SrtChannelOption.SRTO_PEERIDLETIMEO);
        return new Acknowledgements(millis == null ? 0 : millis);
    }

    /** Looks at a sample; returns whether the player gets nothing any more. */
    boolean haveStopped(SrtStatistics sample) {
        long underWay = sample.asLong(SrtStatistic.PKT_FLIGHT_SIZE);
        return haveStopped(
                underWay,
                sample.asLong(SrtStatistic.PKT_SND_BUF) - underWay,
                sample.asLong(SrtStatistic.PKT_RECV_ACK_TOTAL));
    }

    /**
     * Does the same for the packets under way, those that wait behind them, and the acknowledgements received so far.
     * If nothing waits, the last packet may be lost, which libsrt sends again when the stream continues.
     */
    boolean haveStopped(long underWay, long waiting, long received) {
        looks = underWay > 0 && waiting > 0 && received == acknowledgements ? looks + 1 : 0;
        acknowledgements = received;
        return looks >= mostLooks;
    }

    /** Returns the time after which {@link #haveStopped} finds a player, in seconds. */
    int seconds() {
        return mostLooks * LOOK_MILLIS / 1000;
    }
}
