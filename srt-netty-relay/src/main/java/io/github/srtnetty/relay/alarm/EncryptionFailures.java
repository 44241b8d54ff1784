// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import io.github.srtnetty.relay.config.RelayState;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Callers that were admitted to a stream with a passphrase but did not become connections: libsrt rejects a wrong
 * passphrase without a report. Only listed names have a passphrase, so the map stays small. Any thread.
 */
public final class EncryptionFailures {
    private final RelayState state;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts callers under the rules in effect. */
    public EncryptionFailures(RelayState state) {
        this.state = state;
    }

    /** Counts a caller that libsrt did not accept. */
    public void notAccepted(String stream) {
        if (state.rules().passphrase(stream) != null) {
            counts.computeIfAbsent(stream, name -> new LongAdder()).increment();
        }
    }

    /** Returns the number of callers of each stream that had any. */
    Map<String, LongAdder> counts() {
        return counts;
    }
}
