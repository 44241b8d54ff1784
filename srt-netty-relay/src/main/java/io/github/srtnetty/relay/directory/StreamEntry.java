// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

import java.time.Instant;

/**
 * A stream that has a publisher.
 *
 * @param name the stream
 * @param node the name of its node
 * @param claimId distinguishes this claim from all others
 * @param epoch grows with each claim of the name: of two claims, the one with the higher epoch wins
 * @param pullAddress where other nodes pull it, {@code host:port}; empty if pulling is not possible
 * @param since when it was claimed
 * @param state whether its publisher sends
 */
public record StreamEntry(
        String name, String node, String claimId, long epoch, String pullAddress, Instant since, State state) {
    /** Whether a publisher sends. */
    public enum State {
        /** It sends, or did so a moment ago. */
        LIVE,
        /** It sends nothing: the next publisher that requests its name gets it, on any node. */
        SILENT
    }

    /** Returns the same with another state. */
    public StreamEntry with(State other) {
        return new StreamEntry(name, node, claimId, epoch, pullAddress, since, other);
    }

    /** Returns whether both are of one claim, whatever their states. */
    public boolean isSameClaim(StreamEntry other) {
        return claimId.equals(other.claimId) && name.equals(other.name);
    }
}
