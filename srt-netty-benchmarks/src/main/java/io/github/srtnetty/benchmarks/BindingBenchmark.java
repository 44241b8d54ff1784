// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.benchmarks;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtStatistics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

/** The cost of calls of libsrt from Java, on a connected pair of sockets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BindingBenchmark {
    private SrtSocket listener;
    private SrtSocket caller;
    private SrtSocket accepted;

    /** Connects a pair over loopback. */
    @Setup
    public void connect() throws SrtException {
        listener = SrtSocket.create();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener.listen(1);
        caller = SrtSocket.create();
        caller.connect(Objects.requireNonNull(listener.localAddress()));
        SrtSocket next = listener.accept();
        while (next == null) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            next = listener.accept();
        }
        accepted = next;
    }

    /** Closes the pair. */
    @TearDown
    public void close() {
        caller.close();
        accepted.close();
        listener.close();
    }

    /** Measures the cheapest call: {@code srt_getsockstate}. */
    @Benchmark
    public SrtSocketState state() {
        return accepted.state();
    }

    /** Measures the option that the read loop reads after messages: {@code SRTO_EVENT}. */
    @Benchmark
    public int events() {
        return accepted.events();
    }

    /** Measures an option by the table. */
    @Benchmark
    public Integer option() throws SrtException {
        return accepted.getOption(SrtOptions.SRTO_RCVLATENCY);
    }

    /** Measures all statistics. */
    @Benchmark
    public @Nullable SrtStatistics statistics() {
        return accepted.statistics(false);
    }
}
