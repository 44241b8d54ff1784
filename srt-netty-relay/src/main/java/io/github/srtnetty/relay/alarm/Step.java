// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.alarm;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a stream between two samples.
 *
 * @param nanos the time of the later sample
 * @param length the time between them, 0 where the publisher changed
 * @param publisher the id of the publisher's connection at the later one, null without one
 * @param bytes received
 * @param packets that arrived or never will
 * @param lost packets
 * @param dropped packets of slow players
 * @param disconnected slow players
 * @param failures packets that could not be decrypted and callers that did not prove the passphrase
 */
record Step(
        long nanos,
        long length,
        @Nullable String publisher,
        long bytes,
        long packets,
        long lost,
        long dropped,
        long disconnected,
        long failures) {

    /** Compares two samples. Counters of a new publisher or a restarted stream began at 0. */
    static Step between(Sample before, Sample after) {
        boolean same = Objects.equals(before.publisher(), after.publisher());
        return new Step(
                after.nanos(),
                same ? after.nanos() - before.nanos() : 0,
                after.publisher(),
                grown(same ? before.bytes() : after.bytes(), after.bytes()),
                grown(same ? before.packets() : 0, after.packets()),
                grown(same ? before.lost() : 0, after.lost()),
                grown(before.dropped(), after.dropped()),
                grown(before.disconnected(), after.disconnected()),
                grown(same ? before.undecrypted() : 0, after.undecrypted())
                        + grown(before.failedCallers(), after.failedCallers()));
    }

    private static long grown(long before, long after) {
        return after < before ? after : after - before;
    }
}
