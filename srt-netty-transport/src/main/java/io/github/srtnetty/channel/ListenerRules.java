// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOptions;
import java.util.function.Supplier;

/**
 * The rules that a listener decides by, as they were set when the listener was bound; the limits may change later.
 *
 * @param limits returns the limits as of now; any thread
 * @param minVersion {@code SRTO_MINVERSION}
 * @param encrypts whether the listener has a passphrase
 */
record ListenerRules(
        SrtAcceptFilter filter, Supplier<SrtAcceptLimits> limits, int minVersion, boolean encrypts, int port) {
    /** Returns whether a caller's version of the handshake is acceptable under the decision about it. */
    boolean allowsVersion(int handshakeVersion, SrtAcceptDecision decision) {
        Object passphrase = decision.nativeOptions().get(SrtOptions.SRTO_PASSPHRASE);
        Object ownMinVersion = decision.nativeOptions().get(SrtOptions.SRTO_MINVERSION);
        return PeerVersion.allows(
                handshakeVersion,
                ownMinVersion == null ? minVersion : (Integer) ownMinVersion,
                passphrase == null ? encrypts : !"".equals(passphrase));
    }
}
