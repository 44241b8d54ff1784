// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries that are valid now, from this node's memory: an entry is valid while its member is in the view, and an
 * entry of this node while it holds the claim. Nothing here waits.
 */
final class Registry {
    private final Engine engine;
    private final Members members;
    /** The claims of this node that were granted and are neither released nor lost. */
    private final Map<String, StreamEntry> held = new ConcurrentHashMap<>();

    Registry(Engine engine) {
        this.engine = engine;
        this.members = engine.members();
    }

    /** Returns the valid entry of a stream, null if there is none. */
    @Nullable
    StreamEntry find(String name) {
        String text = engine.peek(name);
        EntryText row = text == null ? null : EntryText.parse(name, text);
        return row == null ? held.get(name) : counting(row, members.view());
    }

    /** Returns all valid entries. */
    Collection<StreamEntry> streams() {
        Members.View view = members.view();
        List<StreamEntry> streams = new ArrayList<>();
        for (Map.Entry<String, String> entry : engine.entries()) {
            EntryText row = EntryText.parse(entry.getKey(), entry.getValue());
            StreamEntry counts = row == null ? held.get(entry.getKey()) : counting(row, view);
            if (counts != null) {
                streams.add(counts);
            }
        }
        held.values().stream().filter(claim -> text(claim.name()) == null).forEach(streams::add);
        return streams;
    }

    /** Returns what counts for a name that has an entry. */
    private @Nullable StreamEntry counting(EntryText row, Members.View view) {
        String name = row.entry().name();
        if (row.member().equals(view.self())) {
            return held.get(name);
        }
        return view.has(row.member()) ? row.entry() : held.get(name);
    }

    /** Returns the copy of an entry, even if it is not valid or cannot be read. */
    @Nullable
    String text(String name) {
        return engine.peek(name);
    }

    /** Returns the copy of an entry that can be read, even if it is not valid. */
    @Nullable
    EntryText row(String name) {
        String text = text(name);
        return text == null ? null : EntryText.parse(name, text);
    }

    Members.View view() {
        return members.view();
    }

    @Nullable
    StreamEntry held(String name) {
        return held.get(name);
    }

    Collection<StreamEntry> allHeld() {
        return held.values();
    }

    void hold(StreamEntry claim) {
        held.put(claim.name(), claim);
    }

    /** Ends a claim, unless another one has followed it; returns whether it was held. */
    boolean drop(StreamEntry claim) {
        StreamEntry current = held.get(claim.name());
        return current != null && current.isSameClaim(claim) && held.remove(claim.name(), current);
    }

    /** Notes a state of a claim that is held; returns whether it is. */
    boolean note(StreamEntry claim, StreamEntry.State state) {
        StreamEntry now = held.computeIfPresent(
                claim.name(), (name, current) -> current.isSameClaim(claim) ? current.with(state) : current);
        return now != null && now.isSameClaim(claim);
    }
}
