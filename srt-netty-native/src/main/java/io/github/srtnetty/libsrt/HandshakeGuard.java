// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import com.sun.jna.Platform;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Drops dangerous handshakes before libsrt receives them, with a filter on its UDP socket (Linux only; needs no
 * privilege). Before it checks the passphrase, libsrt allocates 24 bytes for each packet of the flow window that a peer
 * requests. It also writes past the end of a buffer when a peer requests a small MSS. See {@code
 * docs/libsrt-handshake-limits.md}.
 *
 * <p>The peer gets no answer to such a handshake and runs into its time-out. On other systems, and if the kernel
 * rejects the filter, everything works without it, and one warning is logged.
 *
 * <p>It also drops the configuration of a packet filter if no local socket has one, see {@link HandshakeFilter}.
 *
 * <p>If {@code SRTO_FC}, {@code SRTO_MSS}, {@code SRTO_PACKETFILTER}, {@code SRTO_RENDEZVOUS} or {@code
 * SRTO_PASSPHRASE} of a local socket is beyond the limits, they are widened for its UDP socket, and so for all sockets
 * that share the port. Any thread.
 */
final class HandshakeGuard {
    /** A socket that the guard protects. */
    interface Guarded {
        /** Returns the local address, or null if the socket is unbound or gone. */
        @Nullable
        InetSocketAddress localAddress();

        /** Reads an option. */
        <T> T getOption(SrtOption<T> option) throws SrtException;

        /** Returns whether a passphrase was set, because libsrt does not return it. */
        boolean hasPassphrase();
    }

    /** Property with the largest flow window of a peer, in packets. */
    static final String MAX_WINDOW_PROPERTY = "srt.handshake.maxWindow";
    /** Property with the smallest MSS of a peer, in bytes. */
    static final String MIN_MSS_PROPERTY = "srt.handshake.minMss";

    /** Property; {@code true}: peers may send {@code SRTO_PACKETFILTER} even if no local socket has one. */
    static final String PACKET_FILTERS_PROPERTY = "srt.handshake.packetFilters";

    /** 6 MiB per handshake, ten times libsrt's default. 10 Gbit/s over 250 ms need 237,000 packets. */
    static final int DEFAULT_MAX_WINDOW = 262_144;
    /**
     * Every IPv4 host accepts packets of 576 bytes (RFC 791), and libsrt's longest answer to a handshake fits in them.
     */
    static final int DEFAULT_MIN_MSS = 576;

    /** The most entries of {@link #wider}, each of a few hundred bytes; the oldest is removed first. */
    private static final int MOST_WIDER = 4096;

    private static final HandshakeGuard INSTANCE = new HandshakeGuard(
            Platform.isLinux() && loadLibC(),
            new HandshakeFilter(
                    Integer.getInteger(MAX_WINDOW_PROPERTY, DEFAULT_MAX_WINDOW),
                    Integer.getInteger(MIN_MSS_PROPERTY, DEFAULT_MIN_MSS),
                    Boolean.getBoolean(PACKET_FILTERS_PROPERTY),
                    false,
                    false));

    private final boolean active;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final HandshakeFilter limits;
    private final ByteBuffer program;
    /** The filters of UDP sockets that need wider limits, by cookie; guarded by this. */
    private final Map<Long, HandshakeFilter> wider = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HandshakeFilter> eldest) {
            return size() > MOST_WIDER;
        }
    };

    private HandshakeGuard(boolean active, HandshakeFilter limits) {
        this.active = active;
        this.limits = limits;
        this.program = limits.program();
    }

    static HandshakeGuard instance() {
        return INSTANCE;
    }

    /** Returns whether this system has such filters; if not, the other methods have no effect. */
    boolean isActive() {
        return active;
    }

    /** Returns the limits of sockets that do not widen them. */
    HandshakeFilter limits() {
        return limits;
    }

    /** Returns the probable descriptor of the next {@code srt_bind}, for {@link #protect}; negative if unknown. */
    int guessDescriptor() {
        return active ? UdpSocket.nextDescriptor() : -1;
    }

    /**
     * Attaches the filter to the UDP socket of a bound socket. Call it before {@code srt_listen} and {@code
     * srt_connect}; until then libsrt accepts no handshake for the socket.
     *
     * @param guess the result of {@link #guessDescriptor} before the bind
     * @return the UDP socket, or null if it has no filter
     */
    @Nullable
    UdpSocket protect(Guarded socket, int guess) {
        if (!active) {
            return null;
        }
        InetSocketAddress local = socket.localAddress();
        if (local == null) {
            return null; // closed or unbound: the next call reports it
        }
        UdpSocket udp = UdpSocket.find(local, guess);
        if (udp == null) {
            warn("no file descriptor is bound to " + SockAddr.text(local));
            return null;
        }
        attach(udp, filterFor(socket));
        return udp;
    }

    /**
     * Allows the peers of a UDP socket to send new keys, because the accept filter has given one of them a passphrase.
     * Call it from the accept filter, during which libsrt's socket stays open. Does not wait for libsrt.
     */
    void allowKeys(UdpSocket udp) {
        attach(udp, limits.allowing(new HandshakeFilter(0, Integer.MAX_VALUE, false, false, true)));
    }

    /**
     * Makes the kernel drop a random share of the conclusions to the listeners of a UDP socket, which take most of
     * libsrt's time. Packets of connected peers pass. Another filter for the same UDP socket ends this.
     *
     * @param share the share that passes, 0 to 1
     */
    synchronized void pass(UdpSocket udp, double share) {
        HandshakeFilter inForce = wider.getOrDefault(udp.cookie(), limits);
        report(udp.attach(inForce.program(share)));
    }

    private synchronized void attach(UdpSocket udp, HandshakeFilter filter) {
        report(udp.attach(programFor(udp, filter)));
    }

    private void report(int error) {
        if (error != 0) {
            warn("setsockopt(SO_ATTACH_FILTER) failed with error " + error);
        }
    }

    private ByteBuffer programFor(UdpSocket udp, HandshakeFilter filter) {
        HandshakeFilter wanted = filter;
        Long cookie = udp.cookie();
        HandshakeFilter inForce = wider.get(cookie); // the filter of another socket on the same port
        if (inForce != null) {
            wanted = inForce.allowing(wanted);
        }
        if (wanted.equals(limits)) {
            return program;
        }
        if (cookie != UdpSocket.NO_COOKIE) {
            wider.put(cookie, wanted);
        }
        return wanted.program();
    }

    /** Returns the limits, widened by the options of a socket. */
    HandshakeFilter filterFor(Guarded socket) {
        try {
            return limits.allowing(new HandshakeFilter(
                    socket.getOption(SrtOptions.SRTO_FC),
                    socket.getOption(SrtOptions.SRTO_MSS),
                    !socket.getOption(SrtOptions.SRTO_PACKETFILTER).isEmpty(),
                    socket.getOption(SrtOptions.SRTO_RENDEZVOUS),
                    socket.hasPassphrase()));
        } catch (SrtException e) { // closed meanwhile
            return limits;
        }
    }

    private void warn(String reason) {
        if (warned.compareAndSet(false, true)) {
            SrtLog.warning("handshakes with an excessive flow window are not dropped, " + reason);
        }
    }

    private static boolean loadLibC() {
        try {
            LibC.bind();
            return true;
        } catch (LinkageError e) {
            SrtLog.failure("handshakes with an excessive flow window are not dropped", e);
            return false;
        }
    }
}
