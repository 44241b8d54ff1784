// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.util.AttributeKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The callers that {@link LimitedAcceptFilter} admitted and that the listener has not accepted yet, by socket id.
 *
 * <p>An admitted caller may never be accepted: its passphrase is wrong, the backlog is full, or it leaves. Therefore
 * {@link #hasRoom}, which is called before each addition, checks the two oldest entries, so that the table shrinks
 * faster than it grows. It drops the request of a closed socket, but keeps the entry until libsrt has freed the socket,
 * because a closed socket keeps its buffers for two to three seconds. All operations take constant time.
 *
 * <p>Threads: any.
 */
final class AdmittedCallers {
    /** Entries are added one at a time, so two checks for each addition remove all sockets that are gone. */
    private static final int LOOKS_PER_ADDITION = 2;

    /** The decision about a caller. */
    record Admitted(SrtAcceptRequest request, Map<AttributeKey<?>, Object> attributes) {}

    /** An entry of the table; {@code admitted} is null if the socket is closed and libsrt has not freed it yet. */
    private record Entry(@Nullable Admitted admitted) {
        static final Entry CLOSED = new Entry(null);
    }

    private final IntFunction<SrtSocketState> stateOf;
    private final IntSupplier most;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();

    /**
     * Creates an empty table.
     *
     * @param stateOf returns the state of the socket with an id
     * @param most returns the current limit of entries; at this number no caller is added
     */
    AdmittedCallers(IntFunction<SrtSocketState> stateOf, IntSupplier most) {
        this.stateOf = stateOf;
        this.most = most;
    }

    /**
     * Checks the two oldest entries; returns whether another caller can be added.
     *
     * @param failed receives each caller whose socket is found closed, once
     */
    synchronized boolean hasRoom(Consumer<Admitted> failed) {
        for (int i = 0; i < LOOKS_PER_ADDITION; i++) {
            reviewOldest(failed);
        }
        return entries.size() < most.getAsInt();
    }

    /** Keeps a caller until it is accepted or gone. Call {@link #hasRoom} first. */
    synchronized void add(int id, Admitted admitted) {
        entries.put(id, new Entry(admitted));
    }

    /** Removes and returns a caller; returns null if it was not admitted. */
    synchronized @Nullable Admitted remove(int id) {
        Entry entry = entries.remove(id);
        return entry == null ? null : entry.admitted;
    }

    synchronized int size() {
        return entries.size();
    }

    // A socket that is not gone moves to the end, so that it does not hide sockets that are gone.
    private void reviewOldest(Consumer<Admitted> failed) {
        Iterator<Map.Entry<Integer, Entry>> oldest = entries.entrySet().iterator();
        if (!oldest.hasNext()) {
            return;
        }
        Map.Entry<Integer, Entry> next = oldest.next();
        int id = next.getKey();
        Entry entry = next.getValue();
        oldest.remove();
        SrtSocketState state = stateOf.apply(id);
        if (state.compareTo(SrtSocketState.CLOSING) < 0) { // also a broken one: srt_accept can still return it
            entries.put(id, entry);
            return;
        }
        if (entry.admitted != null) {
            failed.accept(entry.admitted);
        }
        if (state != SrtSocketState.NONEXIST) {
            entries.put(id, Entry.CLOSED);
        }
    }
}
