// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import io.github.srtnetty.libsrt.LineLimit;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtRejectReason;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Emits events about rejected callers, within a limit: {@link #AT_ONCE} at once, then {@link #PER_SECOND}. Callers
 * choose the names of streams, so these events belong to no stream. Any thread; never waits.
 */
public final class RejectionEvents {
    /** Nobody can react to more. */
    static final int AT_ONCE = 10;

    static final int PER_SECOND = 2;

    private final LineLimit limit = new LineLimit(AT_ONCE, PER_SECOND);
    private final EventBus bus;

    /** Emits to a bus. */
    public RejectionEvents(EventBus bus) {
        this.bus = bus;
    }

    /**
     * Emits an event unless there were too many; the next one has the number of skipped ones.
     *
     * @param asked what the caller asked for, without its token
     */
    public void rejected(InetSocketAddress peer, String asked, SrtRejectReason reason) {
        long skipped = limit.tryLine(System.nanoTime());
        if (skipped == LineLimit.SKIP) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("address", PeerText.hostAndPort(peer));
        details.put("asked", asked);
        details.put("code", (long) reason.code());
        details.put("reason", reason.toString());
        details.put("skipped", skipped);
        bus.emit(EventKind.REJECTED, null, "calling", "rejected", details);
    }
}
