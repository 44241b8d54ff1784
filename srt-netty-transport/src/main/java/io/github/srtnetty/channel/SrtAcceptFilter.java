// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.function.BooleanSupplier;

/**
 * Decides about callers before they are accepted: {@code serverBootstrap.option(SrtServerChannelOption.ACCEPT_FILTER,
 * filter)}.
 *
 * <p>It runs on libsrt's receive thread of the UDP port and holds up <em>every</em> connection of that port meanwhile:
 * look things up in memory, do no I/O, wait for no event loop. A filter that throws rejects with 1500. A decision that
 * needs I/O belongs after the accept: close the channel then.
 *
 * <p>The {@link SrtAcceptLimits} are checked before it, see also {@link #mayExceedRate}. A caller that it admits may
 * still be rejected: by the version of the handshake, which it sees too and can refuse itself, or by libsrt for a wrong
 * passphrase. Its decision is the only one: pass its result on with {@link SrtAcceptDecision#attr}, and read neither
 * the stream id nor a configuration again after the accept.
 */
@FunctionalInterface
public interface SrtAcceptFilter {
    /** Decides about one caller. */
    SrtAcceptDecision decide(SrtAcceptRequest request);

    /**
     * Decides about one caller, for filters that count the callers they admit. The listener calls this method; by
     * default it calls the other one.
     *
     * @param failed returns from now on, and on any thread, whether libsrt has closed the socket of this caller: one
     *     that was admitted and has not become a channel by then never will, for example because its passphrase was
     *     wrong
     */
    default SrtAcceptDecision decide(SrtAcceptRequest request, BooleanSupplier failed) {
        return decide(request);
    }

    /**
     * Returns whether a caller is decided about although its address has used up its handshakes, for example because
     * its stream id holds a token that cannot be guessed: one caller behind a NAT then cannot lock out the others.
     * Called for such callers only, under the same conditions as {@code decide}; by default none may.
     */
    default boolean mayExceedRate(SrtAcceptRequest request) {
        return false;
    }
}
