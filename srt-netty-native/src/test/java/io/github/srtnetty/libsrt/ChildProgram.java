// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.io.File;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The scenarios that the child JVMs of tests do: one scenario each, reported on standard output. */
final class ChildProgram {
    private static final Set<SrtSocketState> COLLECTED = Set.of(SrtSocketState.CLOSED, SrtSocketState.NONEXIST);

    private ChildProgram() {}

    /** Runs the scenario of the first argument. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "availability" -> availability();
            case "liveSockets" -> liveSockets();
            case "shutdownOrder" -> shutdownOrder();
            case "firstUseInAHook" -> firstUseInAHook();
            case "createsWhileItEnds" -> createsWhileItEnds();
            case "addsWhenStopped" -> addsWhenStopped();
            case "log" -> log();
            case "logEnds" -> logEnds();
            case "securityWarning" -> securityWarning();
            case "epollReleased" -> epollReleased();
            case "shutdown" -> shutdown();
            case "unload" -> unload();
            case "bundled" -> bundled();
            case "sideBySide" -> sideBySide();
            case "useAll" -> useAndShutDown();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void securityWarning() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        SrtLog.setSink((level, area, message) -> logged.add(level + " " + message));
        String warning = Srt.securityWarning();
        Await.until("the warning", () -> warning == null || !logged.isEmpty());
        say("warning=" + warning);
        say("logged=" + logged);
    }

    private static void availability() {
        say("available=" + Srt.isAvailable());
        say("bonding=" + SrtFeature.BONDING.isAvailable());
        try {
            Srt.ensureAvailability();
            say("version=" + Srt.version());
            say("source=" + Srt.librarySource());
        } catch (UnsatisfiedLinkError e) {
            say("error=" + e.getMessage());
            say("cause=" + (e.getCause() == Srt.unavailabilityCause()));
        }
        SrtLog.end(); // the hooks of the JVM end java.util.logging at the same time
    }

    /** Leaves a connection with traffic, a listener, the poller and a thread that sends. */
    private static void liveSockets() throws Exception {
        Loopback loopback = Loopback.connect();
        SrtPoller.instance().add(loopback.accepted(), events -> {});
        SrtPoller.instance().add(loopback.listener(), events -> {});
        CountDownLatch sending = new CountDownLatch(1);
        Thread sender = new Thread(() -> sendForEver(loopback.caller(), sending));
        sender.setDaemon(true);
        sender.start();
        sending.await();
        Loopback.receive(loopback.accepted());
        say("live");
        System.exit(0);
    }

    private static void sendForEver(SrtSocket socket, CountDownLatch sending) {
        try {
            while (true) {
                Loopback.send(socket, new byte[1316]);
                sending.countDown();
            }
        } catch (SrtException e) {
            say("the sender failed: " + e);
        }
    }

    private static void shutdownOrder() throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        Runnable cancelled = () -> say("cancelled");
        Srt.beforeShutdown(() -> say("first, socket " + listener.state()));
        Srt.beforeShutdown(cancelled);
        Srt.beforeShutdown(() -> {
            throw new IllegalStateException("on purpose");
        });
        Srt.beforeShutdown(() -> say("last, socket " + listener.state()));
        Srt.cancelBeforeShutdown(cancelled);
    }

    private static void firstUseInAHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> say("available=" + Srt.isAvailable())));
    }

    /** Makes sockets on another thread until libsrt is ended, and beyond. */
    private static void createsWhileItEnds() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread maker = new Thread(() -> {
            while (refused.getCount() > 0) {
                try {
                    SrtSocket.create().close();
                    begun.countDown();
                } catch (SrtException e) {
                    if (e.function().equals("srt_create_socket")) { // not the one that was made in time
                        say(e.getMessage());
                        refused.countDown();
                    }
                }
            }
        });
        maker.setDaemon(true);
        Srt.ensureAvailability();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitQuietly(refused)));
        maker.start();
        begun.await();
    }

    /** As an accept does that is just under way when the process ends. */
    private static void addsWhenStopped() throws Exception {
        SrtPoller poller = SrtPoller.instance();
        SrtSocket socket = SrtSocket.create();
        SrtPoller.stopInstance();
        poller.add(socket, events -> say("event"));
        say("subscribed=" + poller.size());
    }

    private static void log() throws Exception {
        CountDownLatch logged = new CountDownLatch(1);
        SrtLog.setSink((level, area, message) -> {
            say(level + "|" + area + "|" + message + "|"
                    + Thread.currentThread().getName());
            if (message.contains("PACKETFILTER")) {
                logged.countDown();
            }
        });
        SrtSocket listener = Loopback.listen(Loopback.V4, s -> {});
        for (int i = 0; i < 10; i++) {
            listener.accept();
        }
        removeFromThePollerWhatIsCollected();
        SrtSocket socket = SrtSocket.create();
        try {
            socket.setOption(SrtOptions.SRTO_PACKETFILTER, "nonsense");
        } catch (SrtException e) {
            say("refused");
        }
        say("logged=" + logged.await(20, TimeUnit.SECONDS));
        List.of(listener, socket).forEach(SrtSocket::close);
    }

    private static void logEnds() {
        Srt.ensureAvailability();
        SrtLog.setSink((level, area, message) -> say(message));
        for (int i = 1; i <= 5; i++) {
            SrtLog.warning("line " + i);
        }
        Srt.shutdown();
    }

    /** As when another user of libsrt in the process ends the poller's epoll. */
    private static void epollReleased() throws Exception {
        SrtPoller poller = SrtPoller.instance();
        SrtSocket socket = SrtSocket.create();
        CountDownLatch lost = new CountDownLatch(1);
        poller.add(socket, new SrtPoller.Listener() {
            @Override
            public void ready(int events) {}

            @Override
            public void lost() {
                say("lost");
                lost.countDown();
            }
        });
        for (int id = 0; id < 10; id++) {
            LibSrt.srt_epoll_release(id);
        }
        say("in time=" + lost.await(20, TimeUnit.SECONDS));
        try {
            poller.add(SrtSocket.create(), events -> {});
        } catch (SrtException e) {
            say("refused " + e.error());
        }
    }

    private static void shutdown() throws Exception {
        Loopback loopback = Loopback.connect();
        SrtPoller poller = SrtPoller.instance();
        Srt.beforeShutdown(() -> say("task, " + loopback.caller().state()));
        poller.add(loopback.accepted(), new SrtPoller.Listener() {
            @Override
            public void ready(int events) {}

            @Override
            public void lost() {
                say("lost, " + loopback.accepted().state());
                poller.remove(loopback.accepted(), this);
            }
        });
        Srt.shutdown();
        Srt.shutdown();
        say("available=" + Srt.isAvailable() + ", " + Srt.unavailabilityCause().getMessage());
        try {
            SrtSocket.create();
        } catch (SrtException e) {
            say(e.getMessage());
        }
        say("ours="
                + Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("srt-"))
                        .toList());
    }

    /** Loads the bundled library and no other. */
    private static void bundled() {
        ClassLoader loader = ChildProgram.class.getClassLoader();
        try {
            say("loaded="
                    + BundledLibrary.find(NativePlatform.current(), loader)
                            .load()
                            .source());
        } catch (BundledLibrary.Unusable e) {
            say("unusable=" + e.getMessage());
        }
    }

    /** Uses the library in two class loaders at the same time. */
    private static void sideBySide() throws Exception {
        CyclicBarrier connected = new CyclicBarrier(2, () -> say("both connected"));
        List<FutureTask<Object>> users = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Method use = loaderOfItsOwn()
                    .loadClass(ChildProgram.class.getName())
                    .getDeclaredMethod("useWith", CyclicBarrier.class);
            use.setAccessible(true);
            FutureTask<Object> user = new FutureTask<>(() -> use.invoke(null, connected));
            new Thread(user).start();
            users.add(user);
        }
        for (FutureTask<Object> user : users) {
            user.get();
        }
    }

    /** Connects, waits for the other one, sends and receives, and ends the library. */
    static void useWith(CyclicBarrier connected) throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            connected.await();
            Loopback.send(loopback.caller(), new byte[100]);
            say("received " + Loopback.receive(loopback.accepted()).length);
        }
        Srt.shutdown();
        say("ended");
    }

    /** Uses the library in two class loaders of its own, one after the other, and drops them. */
    private static void unload() throws Exception {
        // JNA runs a program; the thread that awaits it lingers for a minute and would hold the loader that started it
        // first
        new ProcessBuilder("true").start().waitFor();
        ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
        Reference<ClassLoader> first = new PhantomReference<>(useInLoaderOfItsOwn(), queue);
        Reference<ClassLoader> second = new PhantomReference<>(useInLoaderOfItsOwn(), queue);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(80); // JNA's thread lingers for 30
        int collected = 0;
        while (collected < 2 && System.nanoTime() - deadline < 0) {
            System.gc();
            collected += queue.remove(500) == null ? 0 : 1;
        }
        say("collected=" + collected);
        Reference.reachabilityFence(first);
        Reference.reachabilityFence(second);
    }

    private static ClassLoader loaderOfItsOwn() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            path.add(new File(entry).toURI().toURL());
        }
        return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static ClassLoader useInLoaderOfItsOwn() throws Exception {
        ClassLoader loader = loaderOfItsOwn();
        Class<?> program = Class.forName(ChildProgram.class.getName(), true, loader);
        Method use = program.getDeclaredMethod("useAndShutDown");
        use.setAccessible(true);
        FutureTask<Object> task = new FutureTask<>(() -> use.invoke(null));
        Thread thread = new Thread(task); // JNA leaves something of its loader in a thread that sets callbacks
        thread.start();
        task.get();
        thread.join();
        return loader;
    }

    /** Uses all that keeps something: poller, log, accept filter, and the memory of this thread. */
    static void useAndShutDown() throws Exception {
        Loopback loopback = Loopback.connect(
                Loopback.V4,
                socket -> socket.setAcceptFilter((caller, peer, version, streamId) -> SrtSocket.AcceptFilter.ACCEPT),
                socket -> {});
        SrtPoller.Listener ignoring = events -> {};
        SrtPoller.instance().add(loopback.accepted(), ignoring);
        Loopback.send(loopback.caller(), new byte[100]);
        Loopback.receive(loopback.accepted());
        SrtPoller.instance().remove(loopback.accepted(), ignoring);
        loopback.close();
        Srt.shutdown();
        say("used " + Srt.isAvailable());
    }

    private static void removeFromThePollerWhatIsCollected() throws Exception {
        try (Loopback loopback = Loopback.connect()) {
            SrtSocket accepted = loopback.accepted();
            SrtPoller.Listener ignoring = events -> {};
            SrtPoller.instance().add(accepted, ignoring);
            loopback.caller().close();
            Await.until("collected", () -> COLLECTED.contains(accepted.state()));
            SrtPoller.instance().remove(accepted, ignoring);
            Await.until("freed", () -> accepted.state() == SrtSocketState.NONEXIST);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
