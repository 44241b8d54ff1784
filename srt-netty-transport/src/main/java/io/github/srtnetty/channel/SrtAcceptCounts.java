// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The outcomes of a listener's callers since it was bound. Immutable.
 *
 * @param admitted the callers that were not rejected; libsrt may have rejected some of them afterwards, for a wrong
 *     passphrase for example
 * @param accepted the connections that the listener's pipeline got
 * @param halfOpen the callers that are admitted and not accepted yet, with those that libsrt rejected and has not freed
 *     yet, at the time of the last handshake
 * @param rejected the rejected callers by cause; a cause without callers is present with 0
 * @param droppedEvents the {@link SrtRejectedEvent}s that were dropped because the event loop was too slow
 */
public record SrtAcceptCounts(
        long admitted, long accepted, int halfOpen, Map<SrtRejectedEvent.Cause, Long> rejected, long droppedEvents) {
    /** Copies the map. */
    public SrtAcceptCounts {
        Map<SrtRejectedEvent.Cause, Long> all = new EnumMap<>(SrtRejectedEvent.Cause.class);
        for (SrtRejectedEvent.Cause cause : SrtRejectedEvent.Cause.values()) {
            all.put(cause, rejected.getOrDefault(cause, 0L));
        }
        rejected = Collections.unmodifiableMap(all);
    }

    /** Returns the number of callers that were rejected for a cause. */
    public long rejected(SrtRejectedEvent.Cause cause) {
        return rejected.getOrDefault(cause, 0L);
    }
}
