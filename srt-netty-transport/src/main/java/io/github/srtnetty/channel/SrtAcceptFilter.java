// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.function.BooleanSupplier;

/**
 * Accepts or rejects callers. Set it with {@code serverBootstrap.option(SrtServerChannelOption.ACCEPT_FILTER, filter)}.
 *
 * <p>It runs in {@code srt_listen_callback}, on libsrt's receive thread of the UDP port, and blocks <em>every</em>
 * connection of that port until it returns. It may look things up in memory, but must not do I/O or wait for an event
 * loop. If it throws, the caller is rejected with code 1500. If a decision needs I/O, accept the caller, decide
 * afterwards, and close the channel of a caller that is not allowed.
 *
 * <p>The listener checks its {@link SrtAcceptLimits} first; see also {@link #mayExceedRate}. A caller that the filter
 * admits may still be rejected for the version of its handshake or, by libsrt, for a wrong passphrase. Decide only in
 * the filter: pass the result on with {@link SrtAcceptDecision#attr}, and read neither the stream id nor a
 * configuration again after the accept.
 */
@FunctionalInterface
public interface SrtAcceptFilter {
    /** Decides about one caller. libsrt's receive thread. */
    SrtAcceptDecision decide(SrtAcceptRequest request);

    /**
     * Decides about one caller, for filters that count the callers that they admit. The listener calls this method,
     * which by default calls {@link #decide(SrtAcceptRequest)}. libsrt's receive thread.
     *
     * @param failed returns whether libsrt has closed the socket of this caller; may be called at any later time and on
     *     any thread. If it returns true before the caller has become a channel, for example because the passphrase was
     *     wrong, the caller never becomes one
     */
    default SrtAcceptDecision decide(SrtAcceptRequest request, BooleanSupplier failed) {
        return decide(request);
    }

    /**
     * Returns whether the filter decides about a caller although its address exceeds {@link
     * SrtAcceptLimits#handshakesPerSecond()}. By default it does not. A filter may return true for a stream id that
     * holds a token which cannot be guessed, so that one caller behind a NAT cannot lock out the others. Called only
     * for such callers, on the same thread and under the same conditions as {@code decide}.
     */
    default boolean mayExceedRate(SrtAcceptRequest request) {
        return false;
    }
}
