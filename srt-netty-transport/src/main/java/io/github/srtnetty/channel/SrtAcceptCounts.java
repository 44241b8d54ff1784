// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Outcomes of the callers of a listener since it was bound. Immutable.
 *
 * @param admitted the callers that the listener did not reject; libsrt may have rejected some of them afterwards, for
 *     example for a wrong passphrase
 * @param accepted the connections that were fired as channels in the listener's pipeline
 * @param halfOpen the callers that were admitted and not yet accepted at the time of the last handshake; includes
 *     callers that libsrt rejected and whose sockets it has not freed yet
 * @param rejected the rejected callers by cause; a cause without callers has the value 0
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
