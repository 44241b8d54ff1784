// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends numbered messages of 1316 bytes at a steady pace, so that no kernel buffer on the way overflows: what a stall
 * held up is not caught up with.
 */
public final class Pacer {
    public static final int MESSAGE_BYTES = 1316;

    private static final int PERIOD_MILLIS = 2;
    private static final int WAIT_SECONDS = 60;

    private final Channel channel;
    private final int count;
    private final int perPeriod;
    private final CountDownLatch done = new CountDownLatch(1);
    private int next;
    private Future<?> timer;

    /** Sends {@code count} messages, so many every 2 ms. */
    public Pacer(Channel channel, int count, int perPeriod) {
        this.channel = channel;
        this.count = count;
        this.perPeriod = perPeriod;
    }

    /** Starts to send. */
    public Pacer start() {
        channel.eventLoop()
                .execute(() -> timer = channel.eventLoop()
                        .scheduleWithFixedDelay(this::send, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
        return this;
    }

    /** Waits until all were given to the channel. */
    public void await() throws InterruptedException {
        assertThat(done.await(WAIT_SECONDS, TimeUnit.SECONDS)).as("all sent").isTrue();
    }

    private void send() {
        for (int i = 0; i < perPeriod && next < count && channel.isWritable(); i++) {
            ByteBuf buf = channel.alloc().directBuffer(MESSAGE_BYTES);
            channel.write(buf.writeInt(next++).writeZero(MESSAGE_BYTES - Integer.BYTES));
        }
        channel.flush();
        if (next == count) {
            timer.cancel(false);
            done.countDown();
        }
    }
}
