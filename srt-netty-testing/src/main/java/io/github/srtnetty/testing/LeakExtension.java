// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Registered for every test class: fails it when Netty's leak detector saw a buffer that was dropped unreleased. */
public final class LeakExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel())
                .as("leak detection level (the build sets -Dio.netty.leakDetection.level)")
                .isEqualTo(ResourceLeakDetector.Level.PARANOID);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getParent().isPresent()
                && context.getParent().get() != context.getRoot()
                && context.getRequiredTestClass().getEnclosingClass() != null) {
            return;
        }
        assertThat(firstLeak()).as("leaked buffer").isNull();
    }

    /**
     * Collects garbage, returns where the first buffer that was dropped unreleased came from, and forgets all of them.
     */
    static @Nullable String firstLeak() {
        collectGarbage();
        ByteBufAllocator.DEFAULT.directBuffer(1).release(); // tracking a new buffer makes the detector report
        String first = LEAKS.poll();
        LEAKS.clear();
        return first;
    }

    /** Runs the collector until references that were dropped before are queued; twice, as the queue has no order. */
    private static void collectGarbage() {
        for (int round = 0; round < 2; round++) {
            ReferenceQueue<Object> queue = new ReferenceQueue<>();
            WeakReference<Object> canary = new WeakReference<>(new Object(), queue);
            do {
                System.gc();
            } while (!isQueued(queue));
            Reference.reachabilityFence(canary);
        }
    }

    private static boolean isQueued(ReferenceQueue<Object> queue) {
        try {
            return queue.remove(100) != null;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while looking for leaks", e);
        }
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation")
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return new RecordingDetector<>(resource, samplingInterval);
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<?> resourceType, int samplingInterval) {
            super(resourceType, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + ": " + records);
            super.reportTracedLeak(resourceType, records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
            super.reportUntracedLeak(resourceType);
        }
    }
}
