// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.cluster.Members.Member;
import io.github.srtnetty.relay.cluster.Members.View;
import io.github.srtnetty.relay.directory.StreamEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entry ends a claim of this node. */
class RepairTest {
    private static final String SELF = "n1#zz"; // the text of any other member is smaller, and wins a tie
    private static final View VIEW = View.of(List.of(member("n0#a"), member("n1#a"), member(SELF)), SELF);

    @Test
    void theNewerClaimOfAnotherNodeDoes() {
        assertThat(isOutranked("n0#a", 2)).isTrue();
        assertThat(isOutranked("n0#a", 1)).as("the smaller text").isTrue();
        assertThat(isOutranked("n0#a", 0)).isFalse();
    }

    @Test
    void thatOfANodeWhichIsGoneDoesNot() {
        assertThat(isOutranked("n2#a", 2)).isFalse();
    }

    /** It left to join anew, and the coordinator missed that: it stays in the view until it has been silent. */
    @Test
    void thatOfAnEarlierRunOfThisNodeDoesNot_alsoWhileItIsStillInTheView() {
        assertThat(isOutranked("n1#a", 1)).isFalse();
        assertThat(isOutranked("n1#a", 2)).isFalse();
        assertThat(isOutranked(SELF, 2)).isFalse();
    }

    private static boolean isOutranked(String member, long epoch) {
        return Repair.isOutranked(
                EntryText.of(entry("own", 1), SELF), EntryText.of(entry("other", epoch), member), VIEW);
    }

    private static StreamEntry entry(String claim, long epoch) {
        return new StreamEntry("cam1", "n", claim, epoch, "127.0.0.1:9000", Instant.EPOCH, StreamEntry.State.LIVE);
    }

    private static Member member(String id) {
        return new Member(id, Instant.EPOCH);
    }
}
