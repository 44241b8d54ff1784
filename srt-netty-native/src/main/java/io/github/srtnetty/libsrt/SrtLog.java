// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes libsrt's log lines to a {@link Sink}. libsrt calls its log handler on the thread that logs, under a
 * process-wide lock. The handler therefore only copies and enqueues the line; the daemon thread {@code srt-log} passes
 * it on. If the queue is full, lines are dropped and their number is logged. Of lines that differ only in numbers,
 * three are logged at once, and then one a second, which counts those left out. Text that a peer chose, such as a
 * stream id, is escaped.
 *
 * <p>Each level is one lower than libsrt's, because libsrt logs normal events as errors: critical becomes ERROR, error
 * WARNING, warning INFO, notice DEBUG, debug TRACE. {@code -Dsrt.log.level} sets libsrt's own level (2 critical, 3
 * error, 4 warning, 5 notice, 7 debug; default 4).
 */
public final class SrtLog {
    /** Receiver of the lines, one at a time, on the thread {@code srt-log}; it may block and may throw. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Logs one line.
         *
         * @param area the part of libsrt that logged the line
         */
        void log(System.Logger.Level level, String area, String message);
    }

    /** {@code SRT_LOG_HANDLER_FN} of {@code logging_api.h}. */
    interface Handler extends Callback {
        /**
         * Receives a line; libsrt calls it under its lock. Unused pointers are numbers, so that JNA does not copy them.
         */
        void invoke(long opaque, int level, long file, int line, String area, String message);
    }

    static final int QUEUE_LINES = 1024;
    private static final int WARNING = 4;
    private static final int LEVEL = Integer.getInteger("srt.log.level", WARNING);
    private static final String OWN_AREA = "srt-netty";
    /**
     * Lines that libsrt logs as errors although nothing is wrong. For example, the poller removes a socket that libsrt
     * has already freed, or a round trip on one machine takes less than a microsecond.
     */
    private static final List<String> EVERYDAY = List.of(
            "no pending connection", // every accept loop ends with this line
            "not found as either socket or group. Removing only from epoll", // from 1.5.2 on, then a second later:
            "which is NOT SUBSCRIBED to",
            "invalid RTT estimate 0,");
    /** SRT_LOGF_DISABLE_TIME, _THREADNAME, _SEVERITY, _EOL. */
    static final int BARE_LINES = 1 | 2 | 4 | 8;

    private static final BlockingQueue<LogLine> QUEUE = new ArrayBlockingQueue<>(QUEUE_LINES);
    static final RepeatedLines REPEATED = new RepeatedLines();
    private static final AtomicLong DROPPED = new AtomicLong();
    private static @Nullable Handler handler; // referenced while libsrt keeps its address
    private static final long END_MILLIS = 1000;
    /** The line that ends the thread. */
    private static final LogLine LAST = new LogLine(System.Logger.Level.OFF, OWN_AREA, "");

    private static final Thread THREAD = new Thread(null, SrtLog::drain, "srt-log", 0, false);

    private static volatile Sink sink = defaultSink();

    private SrtLog() {}

    /**
     * Sets the sink of all later lines. The default is the {@link System.Logger} with the name of this package. Any
     * thread.
     */
    public static void setSink(Sink newSink) {
        sink = Objects.requireNonNull(newSink, "newSink");
    }

    static Sink sink() {
        return sink;
    }

    static void install() {
        Handler installed = new Enqueuer();
        handler = installed;
        Native.setCallbackThreadInitializer(installed, new CallbackThreadInitializer(true, false, "srt-native"));
        LibSrt.srt_setlogflags(BARE_LINES);
        LibSrt.srt_setloglevel(LEVEL);
        LibSrt.srt_setloghandler(0, Pointer.nativeValue(CallbackReference.getFunctionPointer(installed)));
        THREAD.setDaemon(true);
        THREAD.setContextClassLoader(null);
        THREAD.start();
    }

    /** A class instead of a lambda, because the JVM keeps a lambda that captures nothing as long as its class. */
    private static final class Enqueuer implements Handler {
        @Override
        public void invoke(long opaque, int level, long file, int line, String area, String message) {
            SrtLog.enqueue(opaque, level, file, line, area, message);
        }
    }

    /** Ends the thread after it has logged the queued lines; waits at most a second for that. */
    static void end() {
        handler = null;
        while (!QUEUE.offer(LAST)) {
            QUEUE.poll();
        }
        try {
            THREAD.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void uninstall() {
        LibSrt.srt_setloglevel(0);
        LibSrt.srt_setloghandler(0, 0);
    }

    /** Logs a failure of this library that has no caller. Like libsrt's lines it does not wait for the sink. */
    static void failure(String what, Object cause) {
        warning(what + ": " + PeerText.printable(String.valueOf(cause)));
    }

    /** Returns whether the log level includes warnings. */
    static boolean hasWarnings() {
        return LEVEL >= WARNING;
    }

    /** Logs a warning of this library, without waiting for the sink. */
    static void warning(String message) {
        enqueue(new LogLine(System.Logger.Level.WARNING, OWN_AREA, message));
    }

    /** Receives each line of libsrt. */
    static void enqueue(long opaque, int level, long file, int line, String area, String message) {
        if (EVERYDAY.stream().noneMatch(message::contains)) {
            enqueue(new LogLine(levelOf(level), area, PeerText.printable(bare(message)))); // some lines quote the peer
        }
    }

    private static void enqueue(LogLine line) {
        if (REPEATED.tryLine(line, System.nanoTime()) && !QUEUE.offer(line)) {
            DROPPED.incrementAndGet();
        }
    }

    private static void drain() {
        boolean ended = false;
        while (!ended) {
            try {
                LogLine line = nextLine();
                ended = line == LAST;
                if (line != null && !ended) {
                    log(line);
                }
            } catch (Throwable t) { // a failure of the sink or an interrupt must not end logging, and cannot be logged
                DROPPED.incrementAndGet();
            }
        }
        logReports();
    }

    /** Returns the next line of the queue or a report, or null if neither came in time. */
    private static @Nullable LogLine nextLine() throws InterruptedException {
        LogLine report = REPEATED.takeDueReport(System.nanoTime());
        return report != null
                ? report
                : QUEUE.poll(REPEATED.nanosToNextReport(System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private static void log(LogLine line) {
        long dropped = DROPPED.getAndSet(0);
        if (dropped > 0) {
            sink.log(System.Logger.Level.WARNING, OWN_AREA, dropped + " log lines of libsrt were dropped");
        }
        sink.log(line.level(), line.area(), line.message());
    }

    /** Logs what is left out in the last second of the log. */
    private static void logReports() {
        try {
            for (LogLine report = anyReport(); report != null; report = anyReport()) {
                log(report);
            }
        } catch (Throwable t) { // nothing is left that could log it
            return;
        }
    }

    private static @Nullable LogLine anyReport() {
        return REPEATED.takeAnyReport(System.nanoTime());
    }

    private static System.Logger.Level levelOf(int srtLevel) {
        return switch (srtLevel) {
            case 0, 1, 2 -> System.Logger.Level.ERROR;
            case 3 -> System.Logger.Level.WARNING;
            case 4 -> System.Logger.Level.INFO;
            case 5, 6 -> System.Logger.Level.DEBUG;
            default -> System.Logger.Level.TRACE;
        };
    }

    private static String bare(String message) {
        String text = message.startsWith(": ") ? message.substring(2) : message;
        return text.strip();
    }

    private static Sink defaultSink() {
        System.Logger logger = System.getLogger(SrtLog.class.getPackageName());
        return (level, area, message) -> logger.log(level, "{0}: {1}", area, message);
    }
}
