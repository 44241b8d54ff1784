// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** libsrt keeps errors for each platform thread, and virtual threads share those. */
class VirtualThreadTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 200;

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void everyVirtualThreadSeesItsOwnError() throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        SrtSocket closed = SrtSocket.create();
        closed.close();
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            boolean even = i % 2 == 0;
            SrtSocket socket = even ? listener : closed;
            SrtError expected = even ? SrtError.ECONNSOCK : SrtError.EINVSOCK;
            futures.add(executor.submit(() -> failsEachTime(socket, expected)));
        }
        for (Future<?> future : futures) {
            future.get(1, TimeUnit.MINUTES);
        }
        executor.shutdown();
        listener.close();
    }

    private static void failsEachTime(SrtSocket socket, SrtError expected) {
        for (int i = 0; i < ROUNDS; i++) {
            SrtException failure =
                    catchThrowableOfType(SrtException.class, () -> socket.setOption(SrtOptions.SRTO_LATENCY, 50));
            assertThat(failure.error()).isEqualTo(expected);
            Thread.yield(); // lets go of the carrier
        }
    }
}
