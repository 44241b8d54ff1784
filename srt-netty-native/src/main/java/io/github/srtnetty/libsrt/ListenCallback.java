// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.CallbackProxy;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code srt_listen_callback_fn} of {@code srt.h}: passes libsrt's callers to a {@link Filter}.
 *
 * <p>libsrt accepts the caller on every result except -1, and JNA returns 0 for a callback that throws or was
 * collected. Therefore the callback never throws, and each function stays reachable until its listener is closed.
 */
final class ListenCallback implements CallbackProxy {
    /** Filter that decides about a caller; {@code candidate} is the socket id of the new connection. */
    @FunctionalInterface
    interface Filter {
        int decide(int candidate, InetSocketAddress peer, int handshakeVersion, String streamId);
    }

    private static final int ACCEPT = 0;
    private static final int REJECT = -1;
    /** {@code SRT_REJX_ISE}, as a number because {@link #fail} must not need to load a class. */
    private static final int ISE = 1500;

    private static final Class<?>[] PARAMETERS = {long.class, int.class, int.class, long.class, long.class};
    /** The shortest interval between two log lines about failures, because remote hosts decide how often they occur. */
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicLong NEXT_LOG = new AtomicLong(System.nanoTime());
    /** The functions of each listener. libsrt keeps the address of the last one, and may still run an earlier one. */
    private static final Map<Integer, List<ListenCallback>> HELD = new ConcurrentHashMap<>();

    private final Filter filter;

    private ListenCallback(Filter filter) {
        this.filter = filter;
    }

    static ListenCallback of(Filter filter) {
        return new ListenCallback(filter);
    }

    static void install(int listener, Filter filter) throws SrtException {
        ListenCallback function = of(filter);
        Native.setCallbackThreadInitializer(function, new CallbackThreadInitializer(true, false, "srt-listener"));
        long address = Pointer.nativeValue(CallbackReference.getFunctionPointer(function));
        hold(listener, function); // before libsrt gets the address
        if (LibSrt.srt_listen_callback(listener, address, 0) == SrtErrors.SRT_ERROR) {
            SrtException refused = SrtErrors.last("srt_listen_callback", "@" + listener);
            forget(listener, function); // an earlier function stays: libsrt still has its address
            throw refused;
        }
    }

    /**
     * Removes and returns the functions of a listener that is about to be closed. The caller keeps them reachable until
     * {@code srt_close} returns, which waits for a running callback.
     */
    static @Nullable Object release(int listener) {
        return HELD.remove(listener);
    }

    /** Returns the number of functions that are kept for a listener. */
    static int held(int listener) {
        return HELD.getOrDefault(listener, List.of()).size();
    }

    @Override
    public Class<?>[] getParameterTypes() {
        return PARAMETERS.clone();
    }

    @Override
    public Class<?> getReturnType() {
        return int.class;
    }

    /**
     * Decides about a caller. libsrt passes the opaque pointer, the socket, the handshake version, the address and the
     * stream id.
     */
    @Override
    public Object callback(Object[] arguments) {
        int ns = 0;
        try {
            ns = (Integer) arguments[1];
            int code = ask(ns, (Integer) arguments[2], (Long) arguments[3], (Long) arguments[4]);
            if (code == ACCEPT) {
                return ACCEPT;
            }
            LibSrt.srt_setrejectreason(ns, Math.max(code, SrtRejectReason.FIRST_OF_APPLICATION));
        } catch (Throwable t) { // libsrt would accept the caller
            fail(ns, t);
        }
        return REJECT;
    }

    private int ask(int ns, int handshakeVersion, long peer, long streamId) {
        InetSocketAddress address = SockAddr.SYSTEM.decode(
                new Pointer(peer).getByteBuffer(0, SockAddr.INET6_BYTES).order(ByteOrder.nativeOrder()));
        String id = streamId == 0 ? "" : new Pointer(streamId).getString(0, "UTF-8");
        return filter.decide(ns, address, handshakeVersion, id);
    }

    // Ignores its own failures: neither the code nor the log line justifies accepting the caller.
    private static void fail(int ns, Throwable failure) {
        try {
            LibSrt.srt_setrejectreason(ns, ISE);
            long now = System.nanoTime();
            long next = NEXT_LOG.get();
            if (now - next >= 0 && NEXT_LOG.compareAndSet(next, now + LOG_INTERVAL_NANOS)) {
                // the message may repeat text that the caller sent
                SrtLog.failure(
                        "an accept filter failed, so the caller is rejected",
                        failure.getClass().getName());
            }
        } catch (Throwable ignored) { // for example no memory for the line
            return;
        }
    }

    private static void hold(int listener, ListenCallback function) {
        HELD.compute(listener, (id, functions) -> {
            List<ListenCallback> all = functions == null ? new ArrayList<>() : new ArrayList<>(functions);
            all.add(function);
            return all;
        });
    }

    private static void forget(int listener, ListenCallback function) {
        HELD.computeIfPresent(listener, (id, functions) -> {
            List<ListenCallback> others = new ArrayList<>(functions);
            others.remove(function);
            return others.isEmpty() ? null : others;
        });
    }
}
