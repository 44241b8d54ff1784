// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.StreamEntry;
import io.github.srtnetty.relay.directory.StreamEntry.State;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The value of a stream in the cluster: {@code 1;epoch;member;claimId;pullHost:port;sinceMillis;live}. A later version
 * may only append fields, so that nodes of both run together. Two texts of one name are ordered, so all nodes
 * choose the same one after a split.
 *
 * @param entry what it says
 * @param member the id of the member that made it: a node that was started again is another member
 * @param text itself
 */
record EntryText(StreamEntry entry, String member, String text) {
    private static final String VERSION = "1";
    private static final int FIELDS = 7;

    /** Returns the text of an entry of this node. */
    static EntryText of(StreamEntry entry, String member) {
        String text = String.join(
                ";",
                VERSION,
                Long.toString(entry.epoch()),
                member,
                entry.claimId(),
                entry.pullAddress(),
                Long.toString(entry.since().toEpochMilli()),
                entry.state().name().toLowerCase(Locale.ROOT));
        return new EntryText(entry, member, text);
    }

    /** Reads a text; null where it cannot be read, which makes the name free. */
    static @Nullable EntryText parse(String name, String text) {
        String[] fields = text.split(";", -1);
        if (fields.length < FIELDS) {
            return null;
        }
        try {
            StreamEntry entry = new StreamEntry(
                    name,
                    Members.nodeOf(fields[2]),
                    fields[3],
                    Long.parseLong(fields[1]),
                    fields[4],
                    Instant.ofEpochMilli(Long.parseLong(fields[5])),
                    fields[6].equals("silent") ? State.SILENT : State.LIVE);
            return new EntryText(entry, fields[2], text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns whether this one wins: the higher epoch, then the smaller text. */
    boolean outranks(EntryText other) {
        return entry.epoch() == other.entry.epoch()
                ? text.compareTo(other.text) < 0
                : entry.epoch() > other.entry.epoch();
    }
}
