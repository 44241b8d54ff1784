// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Availability, version and orderly end of libsrt. The library is loaded and started at its first use. A shutdown hook
 * ends it in this order: the tasks of {@link #beforeShutdown}, the poller, the log handler, the callbacks, and {@code
 * srt_cleanup}. Without that order newer versions of libsrt crash the process at exit (Haivision/srt#3354). Any thread.
 */
public final class Srt {
    private static final String NO_NATIVE = "io.netty.transport.noNative";

    private static final @Nullable Throwable UNAVAILABLE;
    private static final String SOURCE;
    private static final @Nullable String SECURITY_WARNING;
    private static final Deque<Runnable> SHUTDOWN_TASKS = new ArrayDeque<>();
    private static final Object END = new Object();
    private static final String SHUT_DOWN =
            "libsrt was ended by Srt.shutdown(); only a new class loader can start it again";
    private static boolean ended; // guarded by END
    private static final Object ORDER = new Object();
    private static boolean ending; // guarded by ORDER
    private static volatile boolean shutDown;
    private static volatile Runnable stopPoller = () -> {};
    private static volatile Runnable losePoller = () -> {};
    private static @Nullable Thread hook;
    private static @Nullable NativeLibrary library;

    static {
        Throwable cause = null;
        String source = "";
        String warning = null;
        try {
            LoadedLibrary loaded = start();
            source = loaded.source();
            warning = SecurityFixes.warning(LibSrt.srt_getversion(), source, loaded.hasSecurityFixes());
            if (warning != null && SrtLog.hasWarnings()) {
                SrtLog.warning(warning);
            }
        } catch (Throwable t) { // kept, and thrown by ensureAvailability()
            cause = t;
        }
        UNAVAILABLE = cause;
        SOURCE = source;
        SECURITY_WARNING = warning;
    }

    private Srt() {}

    /** Returns whether libsrt was found and started, and was not ended by {@link #shutdown}. Never throws. */
    public static boolean isAvailable() {
        return UNAVAILABLE == null && !shutDown;
    }

    /**
     * Checks that libsrt is available.
     *
     * @throws UnsatisfiedLinkError when it is not, with the reason and what to install
     */
    public static void ensureAvailability() {
        if (shutDown) {
            throw new UnsatisfiedLinkError(SHUT_DOWN);
        }
        ensureStarted();
    }

    private static void ensureStarted() {
        if (UNAVAILABLE != null) {
            boolean isExplained = UNAVAILABLE instanceof UnsatisfiedLinkError;
            UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                    isExplained ? UNAVAILABLE.getMessage() : "libsrt cannot be used here: " + UNAVAILABLE);
            error.initCause(UNAVAILABLE);
            throw error;
        }
    }

    /** Returns why libsrt is not available, or null if it is available. */
    public static @Nullable Throwable unavailabilityCause() {
        return UNAVAILABLE == null && shutDown ? new IllegalStateException(SHUT_DOWN) : UNAVAILABLE;
    }

    /** Returns the version of the loaded library, for example {@code "1.5.1"} ({@code srt_getversion}). */
    public static String version() {
        return SecurityFixes.versionText(versionNumber());
    }

    /**
     * Returns the version as {@code 0xXXYYZZ} ({@code srt_getversion}). To test for a feature, use {@link SrtFeature}.
     */
    public static int versionNumber() {
        ensureAvailability();
        return LibSrt.srt_getversion();
    }

    /**
     * Returns the file from which the library was loaded, if the system reports it; for a bundled library, its location
     * in the jar.
     */
    public static String librarySource() {
        ensureAvailability();
        return SOURCE;
    }

    /**
     * Returns one line that lists security fixes that were not found in the loaded library, or null if all were found.
     * The line is also logged once, as a warning, when the library is loaded. A library has the fixes if its version is
     * 1.5.6 or newer, or if their log messages are in its file, which is not so in a build without logging.
     */
    public static @Nullable String securityWarning() {
        ensureAvailability();
        return SECURITY_WARNING;
    }

    /** Returns the time of libsrt's clock in microseconds, the base of source times ({@code srt_time_now}). */
    public static long timeNowMicros() {
        ensureAvailability();
        return LibSrt.srt_time_now();
    }

    /**
     * Registers a task that runs at the end of the JVM, before libsrt ends; the last registered task runs first.
     * Ordinary shutdown hooks run at the same time as libsrt's end, so the sockets may already be closed. A task that
     * blocks delays the exit.
     */
    public static void beforeShutdown(Runnable task) {
        synchronized (SHUTDOWN_TASKS) {
            SHUTDOWN_TASKS.addFirst(task);
        }
    }

    /**
     * Ends the process immediately without closing sockets. Peers get no shutdown message, and their connections break
     * after {@code SRTO_PEERIDLETIMEO}. {@code Runtime.halt} is not suitable, because it runs the destructors of
     * libsrt, which close all sockets. Source: {@code _exit(2)}.
     */
    public static void exitWithoutGoodbye(int exitCode) {
        Function.getFunction(Platform.C_LIBRARY_NAME, "_exit").invokeVoid(new Object[] {exitCode});
    }

    /** Removes a task of {@link #beforeShutdown}. */
    public static void cancelBeforeShutdown(Runnable task) {
        synchronized (SHUTDOWN_TASKS) {
            SHUTDOWN_TASKS.remove(task);
        }
    }

    /**
     * Ends libsrt before the JVM ends, so that the class loader of this class can be collected, for example when a web
     * application is undeployed. Close all channels and end all event loops first; remaining channels are closed. Runs
     * the tasks of {@link #beforeShutdown}, ends the threads {@code srt-poller} and {@code srt-log}, removes the
     * shutdown hook and calls {@code srt_cleanup}. Blocks for a few seconds at most. Do not call it on a thread of
     * libsrt, such as that of an accept filter. Afterwards {@link #isAvailable} returns false; docs/threading.md lists
     * what may still hold the class loader. Does nothing if libsrt is not available or was already ended.
     *
     * @throws IllegalStateException when libsrt does not end within 10 s because of a deadlock of its threads, which
     *     then run until the process ends
     */
    public static void shutdown() {
        if (UNAVAILABLE != null) {
            return;
        }
        synchronized (ORDER) {
            if (ending) {
                return;
            }
            ending = true;
            runShutdownTasks();
            shutDown = true;
            refuseNew();
            losePoller.run();
            SrtLog.uninstall();
            if (!LibraryEnd.cleanUp()) {
                throw new IllegalStateException(LibraryEnd.HANGS);
            }
            JnaCallbacks.free();
            SrtLog.end();
            removeHook();
            unbind();
        }
    }

    // JNA's thread holds the class loader, and runs as long as anything of JNA is in use.
    private static void unbind() {
        NativeLibrary bound = library;
        library = null;
        if (bound != null) {
            LibSrt.unbindFrom(bound);
        }
        LibC.unbind();
    }

    private static void removeHook() {
        Thread thread = hook;
        hook = null;
        if (thread != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(thread);
            } catch (IllegalStateException e) { // the JVM is ending: the hook runs and has nothing left to do
                SrtLog.failure("could not remove the shutdown hook", e);
            }
        }
    }

    /**
     * Creates a socket or an epoll. Fails after the shutdown hook has begun, because libsrt would start again and
     * crash.
     *
     * @return the id
     */
    static int create(String function, IntSupplier call) throws SrtException {
        ensureStarted();
        synchronized (END) {
            if (ended) {
                String why = shutDown ? SHUT_DOWN : "the JVM is shutting down";
                throw new SrtException(function, "", SrtError.EINVOP.code(), 0, why);
            }
            return SrtErrors.check(call.getAsInt(), function, "");
        }
    }

    /**
     * Sets how the poller ends.
     *
     * @param stop ends its thread when the JVM ends
     * @param lose ends its thread and reports to all listeners that no event follows
     */
    static void onPollerEnd(Runnable stop, Runnable lose) {
        stopPoller = stop;
        losePoller = lose;
    }

    private static LoadedLibrary start() {
        if (Boolean.getBoolean(NO_NATIVE)) {
            throw new UnsatisfiedLinkError("native transports are switched off by -D" + NO_NATIVE + "=true");
        }
        LoadedLibrary loaded = SrtLoader.load();
        bindTo(loaded.library(), loaded.source());
        library = loaded.library();
        Thread end = new Thread(null, Srt::end, "srt-shutdown", 0, false);
        Runtime.getRuntime().addShutdownHook(end); // fails while the JVM is ending
        hook = end;
        SrtLog.install();
        if (LibSrt.srt_startup() < 0) {
            throw new UnsatisfiedLinkError("srt_startup: " + LibSrt.srt_getlasterror_str());
        }
        return loaded;
    }

    private static void bindTo(NativeLibrary library, String source) {
        try {
            LibSrt.bindTo(library);
        } catch (UnsatisfiedLinkError e) {
            UnsatisfiedLinkError error =
                    new UnsatisfiedLinkError(source + " is not libsrt 1.4.2 or newer: " + e.getMessage());
            error.initCause(e);
            throw error;
        }
    }

    private static void refuseNew() {
        synchronized (END) {
            ended = true;
        }
    }

    private static void end() {
        synchronized (ORDER) { // waits for shutdown() on another thread
            if (ending) {
                return;
            }
            ending = true;
            runShutdownTasks();
            refuseNew();
            stopPoller.run();
            SrtLog.uninstall();
            if (!LibraryEnd.cleanUp()) {
                System.err.println("srt-netty: " + LibraryEnd.HANGS + "; the process ends with code 1");
                exitWithoutGoodbye(1); // the destructors of libsrt would also wait
            }
        }
    }

    private static void runShutdownTasks() {
        List<Runnable> tasks;
        synchronized (SHUTDOWN_TASKS) {
            tasks = new ArrayList<>(SHUTDOWN_TASKS);
        }
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (Throwable t) {
                SrtLog.failure("a task of Srt.beforeShutdown failed", t);
            }
        }
    }
}
