// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOptions;
import java.util.function.Supplier;

/**
 * The rules of a listener at the time of its bind; only the limits may change later.
 *
 * @param limits returns the current limits; any thread
 * @param minVersion {@code SRTO_MINVERSION}
 * @param encrypts whether the listener has a passphrase
 */
record ListenerRules(
        SrtAcceptFilter filter, Supplier<SrtAcceptLimits> limits, int minVersion, boolean encrypts, int port) {
    /** Returns whether the decision about a caller allows the version of its handshake. */
    boolean allowsVersion(int handshakeVersion, SrtAcceptDecision decision) {
        Object passphrase = decision.nativeOptions().get(SrtOptions.SRTO_PASSPHRASE);
        Object ownMinVersion = decision.nativeOptions().get(SrtOptions.SRTO_MINVERSION);
        return PeerVersion.allows(
                handshakeVersion,
                ownMinVersion == null ? minVersion : (Integer) ownMinVersion,
                passphrase == null ? encrypts : !"".equals(passphrase));
    }
}
