// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** The samples of one stream within a window, and their readings. One thread. */
final class SampleWindow {
    private final AlarmPolicy policy;
    private final Deque<Step> steps = new ArrayDeque<>();
    private Sample last = Sample.NOTHING;

    SampleWindow(AlarmPolicy policy) {
        this.policy = policy;
    }

    /** Adds the next sample. */
    void add(Sample next) {
        steps.add(Step.between(last, next));
        last = next;
        while (next.nanos() - steps.getFirst().nanos() >= policy.window().toNanos()) {
            steps.removeFirst();
        }
    }

    /** Returns the reading of the window for each kind. */
    Map<AlarmKind, Reading> readings(AlarmLimits limits) {
        Map<AlarmKind, Reading> readings = new EnumMap<>(AlarmKind.class);
        boolean published = last.publisher() != null;
        Reading silence = published ? Reading.below(last.silentSeconds(), limits.noDataSeconds(), 1) : Reading.GONE;
        readings.put(AlarmKind.NO_BIT_RATE, silence);
        readings.put(AlarmKind.LOW_BIT_RATE, published ? rate(limits, silence) : Reading.GONE);
        readings.put(AlarmKind.HIGH_LOSS, published ? loss(limits) : Reading.GONE);
        readings.put(AlarmKind.SLOW_PLAYER, slowness(limits));
        readings.put(AlarmKind.ENCRYPTION_FAILURE, Reading.below(sum(Step::failures), limits.encryptionFailures(), 1));
        return readings;
    }

    /** Returns whether nothing happened within the window. */
    boolean isQuiet() {
        return last.publisher() == null && sum(Step::dropped) + sum(Step::disconnected) + sum(Step::failures) == 0;
    }

    /** Returns no reading until the publisher fills the window; a rate of 0 has its own alarm. */
    private Reading rate(AlarmLimits limits, Reading silence) {
        int limit = limits.minBitsPerSecond();
        long nanos = sumOfPublisher(Step::length);
        boolean full = steps.stream().allMatch(this::isOfPublisher)
                && nanos >= policy.window().minus(policy.period()).toNanos();
        double rate =
                nanos <= 0 ? 0 : sumOfPublisher(Step::bytes) * (double) Byte.SIZE * TimeUnit.SECONDS.toNanos(1) / nanos;
        if (limit > 0 && (!full || silence.level() == Reading.Level.BAD)) {
            return new Reading(Reading.Level.BETWEEN, rate, limit);
        }
        return Reading.atLeast(rate, limit, policy.goodRate());
    }

    private Reading loss(AlarmLimits limits) {
        long packets = sumOfPublisher(Step::packets);
        double percent =
                packets < policy.leastPackets() ? 0 : Math.min(100, 100.0 * sumOfPublisher(Step::lost) / packets);
        return Reading.below(percent, limits.lossPercent(), policy.goodLoss());
    }

    private Reading slowness(AlarmLimits limits) {
        long dropped = sum(Step::dropped);
        if (limits.droppedPackets() > 0 && sum(Step::disconnected) > 0) {
            return new Reading(Reading.Level.BAD, dropped, limits.droppedPackets());
        }
        return Reading.below(dropped, limits.droppedPackets(), 1);
    }

    private long sum(ToLongFunction<Step> counter) {
        return steps.stream().mapToLong(counter).sum();
    }

    private long sumOfPublisher(ToLongFunction<Step> counter) {
        return steps.stream().filter(this::isOfPublisher).mapToLong(counter).sum();
    }

    private boolean isOfPublisher(Step step) {
        return Objects.equals(step.publisher(), last.publisher());
    }
}
