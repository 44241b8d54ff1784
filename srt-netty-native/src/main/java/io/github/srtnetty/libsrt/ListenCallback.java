// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** {@code srt_listen_callback_fn} of {@code srt.h}: carries libsrt's question to a {@link SrtListenHook}. */
final class ListenCallback {
    /** The C signature. */
    interface Function extends Callback {
        /** Called by libsrt; only -1 rejects. */
        int invoke(@Nullable Pointer opaque, int ns, int handshakeVersion, Pointer peer, @Nullable Pointer streamId);
    }

    private static final int REJECT = -1;
    /** libsrt keeps the address of the function, so it must stay reachable until the listener is closed. */
    private static final Map<Integer, Function> HELD = new ConcurrentHashMap<>();

    private ListenCallback() {}

    static void install(int listener, SrtListenHook hook) throws SrtException {
        Function function = (opaque, ns, version, peer, streamId) -> decide(hook, ns, version, peer, streamId);
        Native.setCallbackThreadInitializer(function, new CallbackThreadInitializer(true, false, "srt-listener"));
        HELD.put(listener, function);
        long address = Pointer.nativeValue(CallbackReference.getFunctionPointer(function));
        if (LibSrt.srt_listen_callback(listener, address, 0) == SrtErrors.SRT_ERROR) {
            HELD.remove(listener);
            throw SrtErrors.last("srt_listen_callback", "@" + listener);
        }
    }

    /** Lets go of a closed listener's function. */
    static void release(int listener) {
        HELD.remove(listener);
    }

    private static int decide(
            SrtListenHook hook, int ns, int handshakeVersion, Pointer peer, @Nullable Pointer streamId) {
        int code;
        try {
            InetSocketAddress address = SockAddr.SYSTEM.decode(
                    peer.getByteBuffer(0, SockAddr.INET6_BYTES).order(ByteOrder.nativeOrder()));
            String id = streamId == null ? "" : streamId.getString(0, "UTF-8");
            code = hook.decide(SrtSocket.ofId(ns), address, handshakeVersion, id);
        } catch (Throwable t) { // the C side would take it for an acceptance
            SrtLog.failure("a listen hook failed, the caller is rejected", t);
            code = SrtRejectReason.ISE.code();
        }
        if (code == SrtListenHook.ACCEPT) {
            return 0;
        }
        LibSrt.srt_setrejectreason(ns, Math.max(code, SrtRejectReason.FIRST_OF_APPLICATION));
        return REJECT;
    }
}
