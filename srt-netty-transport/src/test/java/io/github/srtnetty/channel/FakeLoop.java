// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An event loop whose time passes only by {@link #pass}. */
final class FakeLoop implements LoopHandle {
    /** Near the end of its range, where {@link System#nanoTime} may be. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private record Timer(Runnable task, long dueNanos, Promise<?> future) {}

    private final List<Timer> timers = new ArrayList<>();
    private long now = START;
    private int muted;

    final List<SrtIoOps> submitted = new ArrayList<>();
    int backOffs;
    boolean onLoop = true;
    boolean ended;

    /** Passes time, and runs what becomes due. */
    void pass(long nanos) {
        long until = now + nanos;
        while (true) {
            Timer next = timers.stream()
                    .filter(timer -> timer.dueNanos - until <= 0)
                    .min(Comparator.comparingLong(timer -> timer.dueNanos - START))
                    .orElse(null);
            if (next == null) {
                break;
            }
            timers.remove(next);
            now = next.dueNanos - now > 0 ? next.dueNanos : now;
            if (next.future.setUncancellable()) {
                next.task.run();
            }
        }
        now = until;
    }

    void passMillis(long millis) {
        pass(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** Returns the timers that are set. */
    int timers() {
        timers.removeIf(timer -> timer.future.isCancelled());
        return timers.size();
    }

    SrtIoOps muted() {
        return SrtIoOps.of(muted);
    }

    @Override
    public boolean isOnLoop() {
        return onLoop;
    }

    @Override
    public boolean inEventLoop() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Future<?> schedule(Runnable task, long delayNanos) {
        if (ended) {
            throw new RejectedExecutionException("the loop has ended");
        }
        Promise<Object> future = ImmediateEventExecutor.INSTANCE.newPromise();
        timers.add(new Timer(task, now + delayNanos, future));
        return future;
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void submit(SrtIoOps ops) {
        submitted.add(ops);
    }

    @Override
    public void mute(SrtIoOps ops) {
        muted |= ops.bits();
    }

    @Override
    public void unmute(SrtIoOps ops) {
        muted &= ~ops.bits();
    }

    @Override
    public void backOff() {
        backOffs++;
    }
}
