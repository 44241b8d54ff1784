// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import java.util.Map;

/** Emits the events of the relay as a whole. Any thread. */
public final class RelayEvents {
    private static final String OK = "ok";
    private static final String FAILED = "failed";

    private final EventBus bus;
    private String configuration = OK;

    /** Emits to a bus. */
    public RelayEvents(EventBus bus) {
        this.bus = bus;
    }

    /** Emits that a configuration with this number of listed streams is in effect. */
    public void reloaded(int streams) {
        reload(OK, Map.of("streams", (long) streams));
    }

    /** Emits that a configuration could not be used. */
    public void reloadFailed(String why) {
        reload(FAILED, Map.of("error", why));
    }

    /** Emits that the relay rejects new callers from now on. */
    public void draining(int connections) {
        bus.emit(EventKind.DRAIN, null, "running", "draining", Map.of("connections", (long) connections));
    }

    private synchronized void reload(String state, Map<String, Object> details) {
        bus.emit(EventKind.RELOAD, null, configuration, state, details);
        configuration = state;
    }
}
