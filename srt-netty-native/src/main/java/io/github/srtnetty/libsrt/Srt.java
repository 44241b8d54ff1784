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
 * Whether libsrt can be used here, which one it is, and its orderly end. The library is loaded and started on first use
 * and ended by a shutdown hook: the tasks of {@link #beforeShutdown}, the poller, log handler and callbacks, then
 * {@code srt_cleanup}. Without that order newer versions of libsrt crash the process at exit (Haivision/srt#3354).
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

    /** Returns whether libsrt was found and started, and not ended by {@link #shutdown}. Never throws. */
    public static boolean isAvailable() {
        return UNAVAILABLE == null && !shutDown;
    }

    /**
     * Does nothing where libsrt can be used.
     *
     * @throws UnsatisfiedLinkError otherwise, with the reason and what to install
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

    /** Returns why libsrt cannot be used, or null where it can. */
    public static @Nullable Throwable unavailabilityCause() {
        return UNAVAILABLE == null && shutDown ? new IllegalStateException(SHUT_DOWN) : UNAVAILABLE;
    }

    /** Returns the version of the loaded library, for example {@code "1.5.1"} ({@code srt_getversion}). */
    public static String version() {
        return SecurityFixes.versionText(versionNumber());
    }

    /**
     * Returns the version as {@code 0xXXYYZZ} ({@code srt_getversion}). Probe features instead: see {@link SrtFeature}.
     */
    public static int versionNumber() {
        ensureAvailability();
        return LibSrt.srt_getversion();
    }

    /**
     * Returns the file that the library was loaded from, as far as the system reports it; for a bundled library its
     * place in the jar.
     */
    public static String librarySource() {
        ensureAvailability();
        return SOURCE;
    }

    /**
     * Returns one line that says which security fixes were not found in the loaded library; null where all were. It is
     * also logged once, as a warning, when the library is loaded. Looks for version 1.5.6 or for traces of the fixes in
     * the library's file: a library that was built without logging has no traces.
     */
    public static @Nullable String securityWarning() {
        ensureAvailability();
        return SECURITY_WARNING;
    }

    /** Returns libsrt's clock, in microseconds: the base of source times ({@code srt_time_now}). */
    public static long timeNowMicros() {
        ensureAvailability();
        return LibSrt.srt_time_now();
    }

    /**
     * Has {@code task} run when the JVM ends, before libsrt does; the latest first. Ordinary shutdown hooks run beside
     * libsrt's end and may find the sockets gone. A task that blocks delays the exit.
     */
    public static void beforeShutdown(Runnable task) {
        synchronized (SHUTDOWN_TASKS) {
            SHUTDOWN_TASKS.addFirst(task);
        }
    }

    /**
     * Ends the process at once and closes no socket: peers get no shutdown message, and take their connections for
     * broken after {@code SRTO_PEERIDLETIMEO}. {@code Runtime.halt} does not suit: it runs the destructors of libsrt,
     * which close all sockets. Source: {@code _exit(2)}.
     */
    public static void exitWithoutGoodbye(int exitCode) {
        Function.getFunction(Platform.C_LIBRARY_NAME, "_exit").invokeVoid(new Object[] {exitCode});
    }

    /** Takes back a task of {@link #beforeShutdown}. */
    public static void cancelBeforeShutdown(Runnable task) {
        synchronized (SHUTDOWN_TASKS) {
            SHUTDOWN_TASKS.remove(task);
        }
    }

    /**
     * Ends libsrt before the JVM ends, so that a class loader that loaded this class can be collected, for example when
     * a web application is undeployed. Close all channels and end all event loops first; channels that are left are
     * closed. Runs the tasks of {@link #beforeShutdown}, ends the threads {@code srt-poller} and {@code srt-log}, takes
     * back the shutdown hook and calls {@code srt_cleanup}. Blocks for some seconds at most; not for a thread of
     * libsrt, such as that of an accept filter. Afterwards {@link #isAvailable} is false; docs/threading.md says what
     * may still hold the class loader. Does nothing when libsrt is not available, or when it was called before.
     *
     * @throws IllegalStateException where libsrt does not end within 10 s: its threads wait for each other, and go on
     *     until the process ends
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

    // JNA's thread lives as long as something of it is in use, and holds the class loader.
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
            } catch (IllegalStateException e) { // the JVM ends: the hook runs, and finds that all is done
                SrtLog.failure("the shutdown hook stays", e);
            }
        }
    }

    /**
     * Makes a socket or an epoll, which is refused once the shutdown hook ends libsrt: it would start again, and crash.
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
     * @param stop ends its thread, when the JVM ends
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
        Runtime.getRuntime().addShutdownHook(end); // fails while the JVM ends
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
                exitWithoutGoodbye(1); // the destructors of libsrt would wait, too
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
                SrtLog.failure("a task before shutdown failed", t);
            }
        }
    }
}
