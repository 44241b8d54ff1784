// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.monitor;

import java.util.Locale;

/** Why a caller is rejected with 1402; the label {@code limit} of the metric. */
public enum CallerLimit {
    CONNECTIONS,
    ADDRESS,
    STREAM,
    PUBLISHERS,
    WRONG_TOKENS,
    /** Too many JSON Web Tokens are checked. */
    SIGNATURES,
    /** Too many questions to the hook are open. */
    HOOK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
