// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActiveTimerTest {
    private final List<Object> events = new ArrayList<>();
    private final Ticking handler = new Ticking();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void runsOnceAPeriod_fromTheTimeAtWhichItIsAddedToAnActiveChannel() {
        add();

        assertThat(ticksIn(9)).isZero();
        assertThat(ticksIn(1)).isEqualTo(1);
        assertThat(ticksIn(10)).isEqualTo(1);
        assertThat(events).containsExactly(1, 2);
    }

    @Test
    void runsOnceAPeriod_alsoWhereTheChannelIsReportedAsActiveTwice() {
        add();
        channel.pipeline().fireChannelActive();

        assertThat(ticksIn(10)).isEqualTo(1);
    }

    @Test
    void stops_whenTheChannelBecomesInactive() {
        add();
        channel.pipeline().fireChannelInactive();

        assertThat(ticksIn(100)).isZero();
        assertThat(events).containsExactly("inactive");
    }

    @Test
    void stopsAndFiresNothing_whenTheHandlerIsRemoved() {
        add();
        channel.pipeline().remove(handler);

        assertThat(ticksIn(100)).isZero();
        handler.tick();
        assertThat(events).isEmpty();
    }

    private void add() {
        channel.freezeTime();
        channel.pipeline().addLast(handler, new Events());
    }

    private int ticksIn(long millis) {
        int before = handler.ticks;
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        return handler.ticks - before;
    }

    /** Fires the number of the tick. */
    private static final class Ticking extends ChannelInboundHandlerAdapter {
        private final ActiveTimer timer = new ActiveTimer(TimeUnit.MILLISECONDS.toNanos(10), this::tick);
        private int ticks;

        void tick() {
            timer.fire(++ticks);
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
    }

    private final class Events extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            events.add(event);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            events.add("inactive");
            ctx.fireChannelInactive();
        }
    }
}
