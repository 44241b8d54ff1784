// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long the threads of a process wait for a processor that others use, all together: next to nothing on an
 * idle machine. Linux; elsewhere 0.
 */
final class ProcessorWait implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /** The second number of {@code schedstat} is the time in nanoseconds in which a thread could run and did not. */
    private static final int WAITED = 1;

    private final Path threads;
    private final Map<Path, Long> before = new HashMap<>();
    private final Map<Path, Long> last = new HashMap<>();
    private volatile boolean closed;

    /** Starts to measure. */
    ProcessorWait(long pid) {
        threads = Path.of("/proc/" + pid + "/task");
        look();
        before.putAll(last);
        Thread thread = new Thread(
                () -> {
                    while (!closed) {
                        LockSupport.parkNanos(STEP_NANOS);
                        look();
                    }
                },
                "processor-wait");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the milliseconds since the start, also of threads that have ended. */
    synchronized long millis() {
        long nanos = last.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                .sum();
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void close() {
        closed = true;
    }

    private synchronized void look() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                look(thread);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // the process has ended
        }
    }

    private void look(Path thread) {
        try {
            String numbers = Files.readString(thread.resolve("schedstat")).strip();
            last.put(thread, Long.parseLong(numbers.split(" ")[WAITED]));
        } catch (IOException e) {
            return; // the thread has ended
        }
    }
}
