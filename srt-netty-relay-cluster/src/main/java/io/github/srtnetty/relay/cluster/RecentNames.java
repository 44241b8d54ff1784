// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names whose entries this node has changed recently. Any thread. */
final class RecentNames {
    private final long keepNanos;
    private final Map<String, Long> changedNanos = new ConcurrentHashMap<>();

    RecentNames(Duration keep) {
        this.keepNanos = keep.toNanos();
    }

    /** Notes a change. */
    void changed(String name) {
        changedNanos.put(name, System.nanoTime());
    }

    /** Forgets the old changes. */
    void forgetOld() {
        long now = System.nanoTime();
        changedNanos.values().removeIf(nanos -> now - nanos > keepNanos);
    }

    Set<String> all() {
        return changedNanos.keySet();
    }
}
