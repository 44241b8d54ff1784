// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.DirectoryListener;
import io.github.srtnetty.relay.directory.DirectoryNode;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifies the listeners, one call at a time. Several changes of a name while a call is pending are reported once. */
final class Changes {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final Executor thread;

    /** @param thread runs one task at a time, in order; ignores tasks after its end */
    Changes(Executor thread) {
        this.thread = thread;
    }

    void watch(DirectoryListener listener) {
        listeners.add(listener);
    }

    void changed(String name) {
        if (waiting.add(name)) {
            thread.execute(() -> {
                waiting.remove(name);
                notify(listener -> listener.changed(name));
            });
        }
    }

    void nodesChanged(List<DirectoryNode> nodes) {
        thread.execute(() -> notify(listener -> listener.nodesChanged(nodes)));
    }

    void lost(StreamEntry claim, StreamEntry winner) {
        String why = "the claim of " + winner.node() + " is newer";
        thread.execute(() -> notify(listener -> listener.lost(claim, winner, why)));
        changed(claim.name());
    }

    private void notify(Consumer<DirectoryListener> call) {
        for (DirectoryListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a listener of the directory failed", e);
            }
        }
    }
}
