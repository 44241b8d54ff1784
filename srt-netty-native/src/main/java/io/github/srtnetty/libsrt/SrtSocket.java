// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import java.lang.ref.Reference;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One socket of libsrt, always non-blocking, with Java names. Any platform thread may call it. After {@link #close} a
 * call fails with {@link SrtError#EINVSOCK}, and sending and receiving return {@link #GONE}. The caller keeps memory
 * reachable whose address it passes.
 *
 * <p>Internal: it exists for the modules of srt-netty only.
 */
@Internal
public final class SrtSocket implements HandshakeGuard.Guarded {
    /**
     * Filter that decides about a caller before it is accepted ({@code srt_listen_callback}). It runs on the receive
     * thread of the UDP port and blocks all sockets of that port. It must return in constant time, must not wait, and
     * must not close a listener, which would block forever. If it throws, the caller is rejected.
     */
    @FunctionalInterface
    public interface AcceptFilter {
        /** Result that accepts the caller. */
        int ACCEPT = 0;

        /**
         * Returns whether a caller is accepted.
         *
         * @param candidate the new connection; options that can be set before connect can be set on it now
         * @param handshakeVersion 4 or 5
         * @param streamId the caller's stream id; empty if it sent none
         * @return {@link #ACCEPT}, or the reject code, 1000 or more
         */
        int decide(SrtSocket candidate, InetSocketAddress peer, int handshakeVersion, String streamId);
    }

    /** Result of a call that would have had to wait. */
    public static final int WOULD_BLOCK = -1;
    /** Result of a call if the connection or the peer is gone. */
    public static final int GONE = -2;
    /** Bit of {@link #events} and of the poller ({@code SRT_EPOLL_OPT}): readable. */
    public static final int EVENT_IN = 1;
    /** Writable. */
    public static final int EVENT_OUT = 4;
    /** Broken. */
    public static final int EVENT_ERR = 8;

    private static final int SRTO_EVENT = 18;
    private static final int MIN_VERSION = 0x010300;
    /** How often the fields of the buffers are read again while another thread holds the lock of the connection. */
    private static final int MORE_SAMPLES = 10;

    private static final InetAddress ANY_V4 = SockAddr.addressOf(new byte[4]);
    private static final InetAddress ANY_V6 = SockAddr.addressOf(new byte[16]);

    private final int id;
    private final @Nullable InetSocketAddress acceptedFrom;
    private final KeyRenewal keys = new KeyRenewal();
    private volatile ListenerPort port = ListenerPort.NONE;
    private volatile int descriptorGuess = -1;
    private volatile @Nullable SrtStatistics last;
    private volatile boolean closed;

    private SrtSocket(int id, @Nullable InetSocketAddress acceptedFrom) {
        this.id = id;
        this.acceptedFrom = acceptedFrom;
    }

    /**
     * Creates a socket ({@code srt_create_socket}): non-blocking, in live mode, with {@code SRTO_LINGER} 0 and {@code
     * SRTO_MINVERSION} 1.3, because older peers exchange keys after they are connected and can send in clear. Setting
     * {@code SRTO_TRANSTYPE} to {@code FILE} turns linger on (180 s), so set it to 0 again afterwards.
     *
     * @throws SrtException when libsrt fails, or the JVM is ending
     */
    public static SrtSocket create() throws SrtException {
        SrtSocket socket = new SrtSocket(Srt.create("srt_create_socket", LibSrt::srt_create_socket), null);
        try {
            socket.setOption(SrtOptions.SRTO_RCVSYN, false);
            socket.setOption(SrtOptions.SRTO_SNDSYN, false);
            socket.setOption(SrtOptions.SRTO_MINVERSION, MIN_VERSION);
        } catch (SrtException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    /** Returns libsrt's id of the socket ({@code SRTSOCKET}). */
    public int id() {
        return id;
    }

    /** Binds to a local address; port 0: any ({@code srt_bind}). */
    public void bind(InetSocketAddress local) throws SrtException {
        bind(local, "srt_bind", local);
    }

    private void bind(InetSocketAddress local, String function, InetSocketAddress reported) throws SrtException {
        descriptorGuess = HandshakeGuard.instance().guessDescriptor();
        Scratch scratch = Scratch.get();
        int length = SockAddr.SYSTEM.encode(local, scratch.addressBuffer());
        SrtErrors.check(LibSrt.srt_bind(id, scratch.addressAddress(), length), function, SockAddr.text(reported));
    }

    /**
     * Starts to listen; at most {@code backlog} connections may wait to be accepted ({@code srt_listen}). Handshakes
     * beyond the limits of {@link HandshakeGuard} are dropped.
     */
    public void listen(int backlog) throws SrtException {
        port = ListenerPort.of(HandshakeGuard.instance().protect(this, descriptorGuess));
        keys.listening(port.udp());
        InetSocketAddress local = localAddress();
        String what = (local == null ? toString() : SockAddr.text(local)) + ", backlog " + backlog;
        SrtErrors.check(LibSrt.srt_listen(id, backlog), "srt_listen", what);
    }

    /**
     * Passes a share (0 to 1) of the conclusions to this listener; the kernel drops the others at random (Linux only).
     */
    public void passConclusions(double share) {
        port.pass(share);
    }

    /**
     * Sets the filter that decides about callers ({@code srt_listen_callback}); call it before {@link #listen}. The
     * filter stays referenced until {@link #close}. If libsrt rejects a second filter, as it does on a listening socket
     * from 1.5.4 on, the first one remains.
     */
    public void setAcceptFilter(AcceptFilter filter) throws SrtException {
        ListenCallback.install(id, (candidateId, peer, version, streamId) -> {
            SrtSocket candidate = ofId(candidateId);
            int code = filter.decide(candidate, peer, version, streamId);
            keys.decided(candidate.keys);
            return code;
        });
    }

    /** Returns whether a passphrase was set through this object. */
    @Override
    public boolean hasPassphrase() {
        return keys.hasPassphrase();
    }

    /**
     * Accepts the next connection ({@code srt_accept}); returns null if none is waiting.
     *
     * @throws SrtException with {@link SrtError#ESCLOSED} also when only that connection has ended meanwhile; {@link
     *     #state} shows whether the listener is still open
     */
    public @Nullable SrtSocket accept() throws SrtException {
        Scratch scratch = Scratch.get();
        scratch.setLength(SockAddr.STORAGE_BYTES);
        int accepted = LibSrt.srt_accept(id, scratch.addressAddress(), scratch.lengthAddress());
        if (accepted != SrtErrors.SRT_ERROR) {
            return new SrtSocket(accepted, SockAddr.SYSTEM.decode(scratch.addressBuffer()));
        }
        if (SrtError.meansWouldBlock(SrtErrors.lastCode())) {
            return null;
        }
        throw SrtErrors.last("srt_accept", this);
    }

    /**
     * Starts to connect ({@code srt_connect}); {@link #EVENT_OUT} or {@link #EVENT_ERR} reports the result. Handshakes
     * beyond the limits of {@link HandshakeGuard} are dropped.
     */
    public void connect(InetSocketAddress remote) throws SrtException {
        if (HandshakeGuard.instance().isActive()) {
            bindIfUnbound(remote);
            HandshakeGuard.instance().protect(this, descriptorGuess);
        }
        Scratch scratch = Scratch.get();
        int length = SockAddr.SYSTEM.encode(remote, scratch.addressBuffer());
        SrtErrors.check(LibSrt.srt_connect(id, scratch.addressAddress(), length), "srt_connect", SockAddr.text(remote));
    }

    /** Closes without waiting ({@code srt_close}); unacknowledged data is lost. Further calls have no effect. */
    public void close() {
        closed = true;
        Object filters = ListenCallback.release(id);
        LibSrt.srt_close(id);
        Reference.reachabilityFence(filters);
    }

    /** Returns whether {@link #close} was called; false for a socket that libsrt closed itself. */
    public boolean isClosed() {
        return closed;
    }

    /** Returns an object for a socket that libsrt created. */
    static SrtSocket ofId(int id) {
        return new SrtSocket(id, null);
    }

    /** Returns the state ({@code srt_getsockstate}). */
    public SrtSocketState state() {
        return stateOf(id);
    }

    /** Returns the state of the socket with an id ({@code srt_getsockstate}). */
    public static SrtSocketState stateOf(int id) {
        return SrtSocketState.of(LibSrt.srt_getsockstate(id));
    }

    /** Returns the local address, or null if the socket is unbound or gone ({@code srt_getsockname}). */
    @Override
    public @Nullable InetSocketAddress localAddress() {
        Scratch scratch = Scratch.get();
        scratch.setLength(SockAddr.STORAGE_BYTES);
        int result = LibSrt.srt_getsockname(id, scratch.addressAddress(), scratch.lengthAddress());
        return result == SrtErrors.SRT_ERROR ? null : SockAddr.SYSTEM.decode(scratch.addressBuffer());
    }

    /**
     * Returns the peer's address ({@code srt_getpeername}), or null if not connected. After the peer has left, returns
     * the address from {@link #accept}, or null for a caller.
     */
    public @Nullable InetSocketAddress remoteAddress() {
        Scratch scratch = Scratch.get();
        scratch.setLength(SockAddr.STORAGE_BYTES);
        int result = LibSrt.srt_getpeername(id, scratch.addressAddress(), scratch.lengthAddress());
        return result == SrtErrors.SRT_ERROR ? acceptedFrom : SockAddr.SYSTEM.decode(scratch.addressBuffer());
    }

    /**
     * Receives a message, or in stream mode some bytes ({@code srt_recvmsg2}).
     *
     * @param capacity the size of the memory in bytes; in message mode at least 1456, because libsrt truncates a longer
     *     message without an error
     * @return the number of bytes (0 in stream mode: the end), {@link #WOULD_BLOCK} or {@link #GONE}
     */
    public int receive(long address, int capacity) throws SrtException {
        return receive(address, capacity, 0);
    }

    /** Receives like {@link #receive(long, int)}, and fills {@code control}. */
    public int receive(long address, int capacity, MessageControl control) throws SrtException {
        return receive(address, capacity, control.address());
    }

    private int receive(long address, int capacity, long messageControl) throws SrtException {
        int result = LibSrt.srt_recvmsg2(id, address, capacity, messageControl);
        return result >= 0 ? result : failed("srt_recvmsg2", capacity);
    }

    /**
     * Sends a message, or in stream mode as many of the bytes as fit ({@code srt_sendmsg2}).
     *
     * @return the number of bytes that libsrt accepted, {@link #WOULD_BLOCK} or {@link #GONE}
     */
    public int send(long address, int length) throws SrtException {
        return send(address, length, 0);
    }

    /** Sends like {@link #send(long, int)}, with the metadata of {@code control}; libsrt writes into it. */
    public int send(long address, int length, MessageControl control) throws SrtException {
        return send(address, length, control.address());
    }

    private int send(long address, int length, long messageControl) throws SrtException {
        int result = LibSrt.srt_sendmsg2(id, address, length, messageControl);
        return result >= 0 ? result : failed("srt_sendmsg2", length);
    }

    /** Returns the events that are true now ({@code SRTO_EVENT}); {@link #EVENT_ERR} if the socket is gone. */
    public int events() {
        Scratch scratch = Scratch.get();
        scratch.setLength(Integer.BYTES);
        int result = LibSrt.srt_getsockflag(id, SRTO_EVENT, scratch.valueAddress(), scratch.lengthAddress());
        return result == SrtErrors.SRT_ERROR ? EVENT_ERR : scratch.intValue();
    }

    /** Returns the packets that the peer has not acknowledged yet ({@code SRTO_SNDDATA}); 0 if the socket is gone. */
    public int unacknowledgedPackets() {
        return countOrZero(SrtOptions.SRTO_SNDDATA);
    }

    /**
     * Returns the received packets that were not read, including those not due yet ({@code SRTO_RCVDATA}); 0 if gone.
     */
    public int receivablePackets() {
        return countOrZero(SrtOptions.SRTO_RCVDATA);
    }

    /** Returns why the connection was rejected ({@code srt_getrejectreason}); code 0 if it was not. */
    public SrtRejectReason rejectReason() {
        return new SrtRejectReason(LibSrt.srt_getrejectreason(id));
    }

    /**
     * Reads an option ({@code srt_getsockflag}).
     *
     * @throws SrtException when the library does not have the option, or the socket is gone
     */
    @Override
    public <T> T getOption(SrtOption<T> option) throws SrtException {
        Scratch scratch = Scratch.get();
        ByteBuffer memory = scratch.memory().putLong(0, 0);
        scratch.setLength(Scratch.VALUE_BYTES);
        SrtErrors.check(
                LibSrt.srt_getsockflag(id, option.number(), scratch.valueAddress(), scratch.lengthAddress()),
                "srt_getsockflag",
                this + ", " + option);
        return OptionMemory.get(option, memory, scratch.length());
    }

    /**
     * Sets an option ({@code srt_setsockflag}).
     *
     * @throws IllegalArgumentException when the value is out of range
     * @throws SrtException when it is too late to set this option, or the library does not have it
     */
    public <T> void setOption(SrtOption<T> option, T value) throws SrtException {
        option.validate(value);
        Scratch scratch = Scratch.get();
        int length = OptionMemory.put(option, value, scratch.memory());
        int result = LibSrt.srt_setsockflag(id, option.number(), scratch.valueAddress(), length);
        if (option.isSecret()) {
            OptionMemory.wipe(scratch.memory(), length);
        }
        SrtErrors.check(result, "srt_setsockflag", this + ", " + option + "=" + option.shown(value));
        if (option == SrtOptions.SRTO_PASSPHRASE) {
            keys.passphrase(!"".equals(value));
        }
    }

    /** Returns the statistics ({@code srt_bistats}), or null if not connected or gone; can begin a new interval. */
    public @Nullable SrtStatistics statistics(boolean clearInterval) {
        SrtStatistics sample = sample(clearInterval);
        for (int i = 0; i < MORE_SAMPLES && sample != null && !sample.hasBuffers(); i++) {
            Thread.onSpinWait();
            sample = sample.withBuffersOf(sample(false));
        }
        if (sample == null) {
            return null;
        }
        SrtStatistics whole = sample.hasBuffers() ? sample : sample.withBuffersOf(last);
        last = whole;
        return whole;
    }

    private @Nullable SrtStatistics sample(boolean clearInterval) {
        Scratch scratch = Scratch.get();
        int result = LibSrt.srt_bistats(id, scratch.valueAddress(), clearInterval ? 1 : 0, 1);
        return result == SrtErrors.SRT_ERROR ? null : SrtStatistics.copyOf(scratch.memory());
    }

    @Override
    public String toString() {
        return "@" + id;
    }

    /**
     * Binds a caller to any port, like {@code srt_connect}, but before the first packet is sent. Does not bind a
     * rendezvous, so {@code srt_connect} rejects it.
     */
    private void bindIfUnbound(InetSocketAddress remote) throws SrtException {
        if (remote.isUnresolved() || state() != SrtSocketState.INIT || getOption(SrtOptions.SRTO_RENDEZVOUS)) {
            return;
        }
        boolean v6 = remote.getAddress() instanceof Inet6Address;
        if (v6 && getOption(SrtOptions.SRTO_IPV6ONLY) < 0) {
            setOption(SrtOptions.SRTO_IPV6ONLY, 0); // without a value, libsrt from 1.5.2 on rejects a bind to ::
        }
        bind(new InetSocketAddress(v6 ? ANY_V6 : ANY_V4, 0), "srt_connect", remote);
    }

    private int failed(String function, int length) throws SrtException {
        int code = SrtErrors.lastCode();
        if (SrtError.meansWouldBlock(code)) {
            return WOULD_BLOCK;
        }
        if (SrtError.meansGone(code)) {
            return GONE;
        }
        throw SrtErrors.last(function, this + ", " + length + " bytes");
    }

    private int countOrZero(SrtOption<Integer> option) {
        Scratch scratch = Scratch.get();
        scratch.setLength(Integer.BYTES);
        int result = LibSrt.srt_getsockflag(id, option.number(), scratch.valueAddress(), scratch.lengthAddress());
        return result == SrtErrors.SRT_ERROR ? 0 : scratch.intValue();
    }
}
