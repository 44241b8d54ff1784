// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtPoller;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.ChildJvm;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.internal.PlatformDependent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("slow")
class SrtLifecycleTest {
    /** More with bin/soak. */
    private static final int CYCLES = Integer.getInteger("srt.test.cycles", 1000);

    private static final int EXITS = Integer.getInteger("srt.test.exits", 50);

    private static final Duration COLLECTION =
            Duration.ofSeconds(30); // libsrt takes closed sockets away in its own time

    private static final Pattern OF_THE_JVM = Pattern.compile("C[12] Compiler|GC Thread|G1 ");
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** What a connection could leave behind. */
    private record Footprint(int threads, int files, int registrations, long directBytes) {
        static Footprint now() throws Exception {
            return new Footprint(
                    runningThreads(),
                    new File("/proc/self/fd").list().length,
                    SrtPoller.instance().size(),
                    PlatformDependent.usedDirectMemory());
        }

        boolean isWithin(Footprint before) {
            return threads <= before.threads
                    && files <= before.files
                    && registrations <= before.registrations // what other tests left may go
                    && directBytes <= before.directBytes;
        }
    }

    @Test
    @Timeout(7200)
    void connectAndCloseLeaveNothingBehind() throws Exception {
        try (Loopback loopback = new Loopback(2)) {
            loopback.listen(
                    channel -> channel.pipeline().addLast(new Recorder()),
                    b -> b.option(
                            SrtServerChannelOption.ACCEPT_LIMITS, SrtAcceptLimits.NONE)); // bin/soak exceeds the rate
            for (int i = 0; i < 20; i++) { // pools and caches fill
                cycle(loopback);
            }
            settle();
            Footprint before = Footprint.now();
            for (int i = 0; i < CYCLES; i++) {
                cycle(loopback);
            }
            Await.until("nothing is left of " + before, COLLECTION, () -> {
                try {
                    return Footprint.now().isWithin(before);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    @Timeout(7200)
    void jvmsWithLiveConnectionsExitCleanly() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Callable<ChildJvm.Result>> runs = new ArrayList<>();
        for (int i = 0; i < EXITS; i++) {
            String how = i % 2 == 0 ? "exit" : "return";
            runs.add(() -> ChildJvm.run(LiveExitProgram.class, how));
        }
        for (Future<ChildJvm.Result> run : pool.invokeAll(runs)) {
            assertThat(run.get().exitCode()).as(run.get().output()).isZero();
            assertThat(LiveExitProgram.linesOf(run.get())).containsExactly("live");
        }
        pool.shutdown();
    }

    /** libsrt closes sockets under a lock that it takes for each handshake, too. */
    @Test
    @Timeout(600)
    void jvmsWhoseListenersAreBeingCalledExitCleanly() throws Exception {
        for (int i = 0; i < EXITS / 5; i++) {
            ChildJvm.Result result = ChildJvm.run(StormExitProgram.class);

            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(LiveExitProgram.linesOf(result)).containsExactly("called");
        }
    }

    private static void cycle(Loopback loopback) throws InterruptedException {
        SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter());
        SrtChannel accepted = loopback.accepted();
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[100])).sync();
        caller.config().setSoLinger(0);
        caller.close().sync();
        accepted.closeFuture().sync();
    }

    /** Counts all but the compilers and collectors of the JVM, which come and go. */
    private static int runningThreads() {
        int count = 0;
        for (String id : new File("/proc/self/task").list()) {
            try {
                String name = Files.readString(Path.of("/proc/self/task", id, "comm"));
                count += OF_THE_JVM.matcher(name).lookingAt() ? 0 : 1;
            } catch (IOException e) { // it has ended
                continue;
            }
        }
        return count;
    }

    /** Waits until libsrt's own threads have gone down to those of one listener. */
    private static void settle() {
        int[] last = {Integer.MAX_VALUE};
        long[] since = {System.nanoTime()};
        Await.until("a steady number of threads", COLLECTION, () -> {
            int threads = runningThreads();
            if (threads != last[0]) {
                last[0] = threads;
                since[0] = System.nanoTime();
            }
            return System.nanoTime() - since[0] > STEADY_NANOS;
        });
    }
}
