// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtOptions;

/**
 * The rules that a listener decides by, as they were set when the listener was bound.
 *
 * @param minVersion {@code SRTO_MINVERSION}
 * @param encrypts whether the listener has a passphrase
 */
record ListenerRules(SrtAcceptFilter filter, SrtAcceptLimits limits, int minVersion, boolean encrypts, int port) {
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
