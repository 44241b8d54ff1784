// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.function.Consumer;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.Listener.Observation;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;

/** Reports the names of changed entries, after the change; public because the engine calls it. */
@Listener(observation = Observation.POST)
public final class EntryListener {
    private final Consumer<String> changed;

    EntryListener(Consumer<String> changed) {
        this.changed = changed;
    }

    /** Reports a change on this node's copy. */
    @CacheEntryCreated
    @CacheEntryModified
    @CacheEntryRemoved
    public void entryChanged(CacheEntryEvent<String, String> event) {
        changed.accept(event.getKey());
    }
}
