// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtFeature;
import io.github.srtnetty.libsrt.SrtOption;
import io.github.srtnetty.libsrt.SrtOption.When;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.channel.ChannelException;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native options of one channel. They are set immediately, so that an invalid value fails where it is set. They are
 * also stored, and set again where libsrt's order requires it ({@code SRTO_TRANSTYPE} resets ten others, {@code
 * SRTO_FC} bounds {@code SRTO_RCVBUF}).
 *
 * <p>Threads: any.
 */
final class SrtOptionStore {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtOptionStore.class);
    /** The options that others depend on, in libsrt's order. */
    private static final List<SrtOption<?>> FIRST =
            List.of(SrtOptions.SRTO_TRANSTYPE, SrtOptions.SRTO_MSS, SrtOptions.SRTO_FC);

    /** The options that accepted channels have from their listener and cannot set. */
    private static final Set<SrtOption<?>> SECURITY = Set.of(
            SrtOptions.SRTO_PASSPHRASE,
            SrtOptions.SRTO_PBKEYLEN,
            SrtOptions.SRTO_ENFORCEDENCRYPTION,
            SrtOptions.SRTO_CRYPTOMODE,
            SrtOptions.SRTO_KMREFRESHRATE,
            SrtOptions.SRTO_KMPREANNOUNCE,
            SrtOptions.SRTO_MINVERSION);

    /** Limits the log lines about ignored options, because callers decide how many channels are accepted. */
    private static final LineLimit KEPT = new LineLimit(5, 0.5);

    /** 1500 bytes minus the difference between the headers of IPv6 and IPv4. */
    private static final int MSS_IPV6 = 1480;

    private final SrtSocket socket;
    private final boolean accepted;
    private final Map<SrtOption<?>, Object> explicit = new LinkedHashMap<>();
    private @Nullable RuntimeException deferred;

    /**
     * Creates the options of a socket. A listener's child has an {@code acceptedStreamId}, and has inherited its
     * options. The stream id is stored because libsrt no longer returns it after the caller has left.
     */
    SrtOptionStore(SrtSocket socket, @Nullable String acceptedStreamId) {
        this.socket = socket;
        accepted = acceptedStreamId != null;
        if (acceptedStreamId != null) {
            explicit.put(SrtOptions.SRTO_STREAMID, acceptedStreamId);
        }
    }

    /**
     * Sets an option.
     *
     * @return false if an accepted channel kept the inherited value instead
     * @throws IllegalArgumentException when the value is wrong, or the library lacks the option
     * @throws IllegalStateException when it is too late, or when this is an accepted channel and only its listener can
     *     set the option
     */
    synchronized <T> boolean set(SrtOption<T> option, T value) {
        option.validate(value);
        requireUsable(option, value);
        if (isOfListener(option)) {
            throw new IllegalStateException(
                    option + "=" + option.shown(value) + ": has no effect on an accepted channel;"
                            + " set it on the listener with option(), not childOption(), or for one caller with"
                            + " SrtAcceptDecision.with()");
        }
        if (accepted && option.when() != When.ANY_TIME) {
            return keepInherited(option, value);
        }
        requireInTime(option, value);
        apply(option, value);
        explicit.remove(option); // the order is that of the last calls
        explicit.put(option, value);
        if (FIRST.contains(option)) {
            applyDependents(option);
        }
        return true;
    }

    /**
     * Reads an option: the library's value, or the value that was set if the library does not return it. Null if
     * neither is known; always null for a passphrase.
     */
    synchronized <T> @Nullable T get(SrtOption<T> option) {
        if (option == SrtOptions.SRTO_PASSPHRASE) {
            return null;
        }
        Object known = explicit.get(option);
        if (!option.isReadable() || isLacking(option)) {
            return option.type().cast(known);
        }
        try {
            return socket.getOption(option);
        } catch (SrtException e) { // the socket is gone
            return option.type().cast(known);
        }
    }

    /**
     * Keeps the failure to set an option, which then fails the registration of the channel. Netty's bootstraps log a
     * value that cannot be set, so a secret must not fail earlier.
     */
    synchronized void failLater(RuntimeException failure) {
        if (deferred == null) {
            deferred = failure;
        }
    }

    /** Returns the failure that {@link #failLater} kept, or null if there is none. */
    synchronized @Nullable RuntimeException failure() {
        return deferred;
    }

    /** Returns whether this is an accepted channel, and only its listener can set the option. */
    boolean isOfListener(SrtOption<?> option) {
        return accepted && SECURITY.contains(option);
    }

    synchronized boolean isSet(SrtOption<?> option) {
        return explicit.containsKey(option);
    }

    /**
     * Sets {@code SRTO_IPV6ONLY} to 0 for {@code ::}: newer libraries otherwise reject the bind, and Java's sockets
     * also accept IPv4.
     */
    synchronized void beforeBind(InetSocketAddress address) throws SrtException {
        beforeUse(address);
        boolean wildcard6 = address.getAddress() instanceof Inet6Address v6 && v6.isAnyLocalAddress();
        if (wildcard6 && !isSet(SrtOptions.SRTO_IPV6ONLY)) {
            socket.setOption(SrtOptions.SRTO_IPV6ONLY, 0);
        }
    }

    /**
     * Prepares the options before the socket is bound to {@code address} or, if it is not bound, connected to it. In
     * file mode libsrt fills its packets as for IPv4. Over IPv6 they exceed the 1500 bytes of Ethernet, and libsrt
     * 1.5.7 drops every one that it receives. In live mode the user chooses the payload size.
     */
    synchronized void beforeUse(InetSocketAddress address) throws SrtException {
        boolean file = explicit.get(SrtOptions.SRTO_TRANSTYPE) == SrtTransmissionType.FILE;
        if (file
                && address.getAddress() instanceof Inet6Address
                && !isSet(SrtOptions.SRTO_MSS)
                && socket.state() == SrtSocketState.INIT) {
            socket.setOption(SrtOptions.SRTO_MSS, MSS_IPV6);
            applyDependents(SrtOptions.SRTO_MSS);
        }
    }

    /** Returns whether a passphrase was set. */
    synchronized boolean encrypts() {
        Object passphrase = explicit.get(SrtOptions.SRTO_PASSPHRASE);
        return passphrase != null && !"".equals(passphrase);
    }

    /** Returns {@code SRTO_MINVERSION}. */
    synchronized int minVersion() {
        Integer version = get(SrtOptions.SRTO_MINVERSION);
        return version == null ? PeerVersion.FIRST_WITH_KEY : version;
    }

    /**
     * Checks the options together before a bind or a connect.
     *
     * @throws IllegalArgumentException when a passphrase is set and peers that send in clear would be accepted
     */
    void requireEncryptable() {
        PeerVersion.requireEncryptable(minVersion(), encrypts());
    }

    /**
     * Checks that the library has the option and that the option can be set.
     *
     * @throws IllegalArgumentException that names the option, the value and the rule
     */
    static <T> void requireUsable(SrtOption<T> option, T value) {
        SrtFeature feature = option.feature();
        if (feature != null && !feature.isAvailable()) {
            throw new IllegalArgumentException(option + "=" + option.shown(value) + ": the loaded libsrt "
                    + Srt.version() + " was built without " + feature.buildFlag());
        }
        if (option.when() == When.READ_ONLY) {
            throw new IllegalArgumentException(option + "=" + value + ": it is read-only");
        }
    }

    private void requireInTime(SrtOption<?> option, Object value) {
        SrtSocketState state = socket.state();
        boolean late = switch (option.when()) {
            case PRE_BIND -> state != SrtSocketState.INIT;
            case PRE_CONNECT -> state != SrtSocketState.INIT && state != SrtSocketState.OPENED;
            case ANY_TIME, READ_ONLY -> false;
        };
        if (late) {
            throw new IllegalStateException(option + "=" + option.shown(value) + ": can be set " + option.when()
                    + " only; this channel is " + state.name().toLowerCase(Locale.ROOT));
        }
    }

    private <T> boolean keepInherited(SrtOption<T> option, T value) {
        T inherited = get(option);
        if (value.equals(inherited)) {
            return true;
        }
        long skipped = KEPT.tryLine(System.nanoTime());
        if (skipped != LineLimit.SKIP) {
            LOGGER.warn(
                    "{} of an accepted channel comes from its listener ({}),"
                            + " set it there with option(), not childOption()",
                    option,
                    inherited == null ? null : option.shown(inherited));
        }
        return true;
    }

    private <T> void apply(SrtOption<T> option, T value) {
        try {
            socket.setOption(option, value);
            if (option == SrtOptions.SRTO_TRANSTYPE) { // file mode turns linger on, and then a close loses data
                socket.setOption(SrtOptions.SRTO_LINGER, 0);
            }
        } catch (SrtException e) {
            if (accepted && socket.state().isGone()) {
                return; // the peer has already left: its data must still be read, but options have no effect
            }
            throw new ChannelException(e.getMessage(), e);
        }
    }

    private void applyDependents(SrtOption<?> cause) {
        boolean bound = socket.state() != SrtSocketState.INIT;
        List<SrtOption<?>> dependents = new ArrayList<>(FIRST.subList(FIRST.indexOf(cause) + 1, FIRST.size()));
        explicit.keySet().stream().filter(option -> !FIRST.contains(option)).forEach(dependents::add);
        for (SrtOption<?> option : dependents) {
            if (!bound || option.when() != When.PRE_BIND) {
                applyAgain(option);
            }
        }
    }

    private <T> void applyAgain(SrtOption<T> option) {
        Object value = explicit.get(option);
        if (value != null) {
            apply(option, option.type().cast(value));
        }
    }

    private static boolean isLacking(SrtOption<?> option) {
        SrtFeature feature = option.feature();
        return feature != null && !feature.isAvailable();
    }
}
