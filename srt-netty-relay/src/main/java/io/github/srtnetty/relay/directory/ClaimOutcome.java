// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.directory;

/** The answer to {@link StreamDirectory#claim}. */
public sealed interface ClaimOutcome {
    /** The name is this node's, until it is released or {@link DirectoryListener#lost lost}. */
    record Granted(StreamEntry claim) implements ClaimOutcome {}

    /** Another claim holds the name. */
    record Taken(StreamEntry holder) implements ClaimOutcome {}

    /**
     * No decision: this node is in a minority that accepts no publishers, is leaving the cluster, or the engine
     * failed.
     *
     * @param why the reason in a few words
     */
    record Refused(String why) implements ClaimOutcome {}
}
