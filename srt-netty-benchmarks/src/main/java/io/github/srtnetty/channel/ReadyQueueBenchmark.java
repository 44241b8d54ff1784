// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocket;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From another thread into an event loop: an event by the ready queue, and a task, there and back. It lies in the
 * package of the transport, because handles and events are internal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReadyQueueBenchmark {
    private MultiThreadIoEventLoopGroup group;
    private Counter handle;
    private IoRegistration registration;

    /** Counts the events that reach it. */
    private static final class Counter implements SrtIoHandle {
        private final SrtSocket socket;
        private volatile long handled;

        Counter(SrtSocket socket) {
            this.socket = socket;
        }

        @Override
        public SrtSocket socket() {
            return socket;
        }

        @Override
        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        public void handle(IoRegistration source, IoEvent event) {
            handled++; // only the loop writes
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** Registers a handle with a loop. */
    @Setup
    public void register() throws SrtException, InterruptedException, ExecutionException {
        group = new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
        handle = new Counter(SrtSocket.create());
        registration = group.next().register(handle).get();
    }

    /** Ends the loop. */
    @TearDown
    public void shutDown() throws InterruptedException {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    /** Submits an event and waits, busily, until the loop has handled it. */
    @Benchmark
    public long event() {
        long before = handle.handled;
        registration.submit(SrtIoOps.IN);
        while (handle.handled == before) {
            Thread.onSpinWait();
        }
        return before;
    }

    /** Submits events that find their slot taken most of the time. */
    @Benchmark
    public long burst() {
        for (int i = 0; i < 16; i++) {
            registration.submit(SrtIoOps.IN);
        }
        return handle.handled;
    }

    /** Submits a task and waits for it. */
    @Benchmark
    public Object task() throws InterruptedException, ExecutionException {
        return group.next().submit(() -> handle).get();
    }
}
