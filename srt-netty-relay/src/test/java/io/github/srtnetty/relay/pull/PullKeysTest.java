// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.directory.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node sends to prove that it may pull, and what of it is believed. */
class PullKeysTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:30Z");
    private static final PullKeys HERE = keys("secret", 0);

    @ParameterizedTest
    @CsvSource({"-120, false", "-60, true", "0, true", "60, true", "120, false"})
    void aProofLastsForAMinuteBeforeAndAfter(int seconds, boolean isRight) {
        String id = PullId.text(entry("x", 7), "b", keys("secret", seconds));

        assertThat(PullId.parse(id).isProven(HERE)).isEqualTo(isRight);
    }

    @Test
    void aProofIsForOneStreamOneEpochAndOneNode() {
        String id = PullId.text(entry("x", 7), "b", HERE);

        assertThat(PullId.parse(id).isProven(HERE)).isTrue();
        for (String forged : new String[] {
            id.replace("r=x", "r=y"), id.replace("e=7", "e=8"), id.replace("u=b", "u=c"), id.replace("s=", "s=A")
        }) {
            assertThat(PullId.parse(forged).isProven(HERE)).as(forged).isFalse();
        }
        assertThat(PullId.parse(id).isProven(keys("another", 0))).isFalse();
    }

    @Test
    void neitherSecretNorProofIsShown() {
        String id = PullId.text(entry("x", 7), "b", HERE);

        assertThat(PullId.parse(id)).hasToString("stream=x node=b");
        assertThat(HERE.toString()).doesNotContain("secret,").isEqualTo("PullKeys[of a secret]");
    }

    @Test
    void aPassphraseFitsIntoSrt_andIsTheSameOnAllNodes() {
        assertThat(HERE.passphrase()).hasSize(64).isEqualTo(keys("secret", 5000).passphrase());
        assertThat(PullKeys.of("").passphrase()).hasSize(64).isNotEqualTo(HERE.passphrase());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a,b", "a=b", "100%", "%2C", "#!::r=y,m=publish", "ü/漢字", "a:b?c&d;e{f}", "r=x,u=y"})
    void everyNameIsReadAsItWasWritten(String name) {
        PullId id = PullId.parse(PullId.text(entry(name, 7), "node, 1", HERE));

        assertThat(id).isNotNull();
        assertThat(id.name()).isEqualTo(name);
        assertThat(id.node()).isEqualTo("node, 1");
        assertThat(id.isProven(HERE)).isTrue();
    }

    @Test
    void aNameWithoutRoomForTheRest_isReplacedByItsClaim() {
        StreamEntry entry = entry(",".repeat(255), 7);
        String text = PullId.text(entry, "b", HERE);
        PullId id = PullId.parse(text);

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(512);
        assertThat(id.name()).isNull();
        assertThat(id.claimId()).isEqualTo(entry.claimId());
        assertThat(id.isProven(HERE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "publish:x",
                "#!::r=x,m=request",
                "#!::r=x,m=publish,u=b,e=7,s=p",
                "#!::r=x,m=request,u=b,e=,s=p",
                "#!::r=x,m=request,u=b,e=99999999999999999999,s=p",
                "#!::r=x,c=y,m=request,u=b,e=7,s=p",
                "#!::r=%zz,m=request,u=b,e=7,s=p",
                "#!::r=%ff,m=request,u=b,e=7,s=p",
                "#!::m=request,u=b,e=7,s=p",
                "#!::r=x,r=x,m=request,u=b,e=7,s=p"
            })
    void anythingElseIsNoPull(String text) {
        assertThat(PullId.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9000, 127.0.0.1",
        "[::1]:9000, 0:0:0:0:0:0:0:1",
        "10.0.0.7:1, 10.0.0.7",
    })
    void anAddressIsReadWithoutALookUp(String text, String host) {
        assertThat(PullAddress.parse(text).getAddress().getHostAddress()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host:9000", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "127.0.0.1:x", ":9000"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(PullAddress.parse(text)).isNull();
    }

    @Test
    void theDelayGrowsToItsLimit() {
        assertThat(PullPolicy.DEFAULT.retryMillis(1)).isEqualTo(100);
        assertThat(PullPolicy.DEFAULT.retryMillis(3)).isEqualTo(400);
        assertThat(PullPolicy.DEFAULT.retryMillis(1000)).isEqualTo(2000);
    }

    private static PullKeys keys(String secret, int seconds) {
        return PullKeys.of(secret, () -> NOON.plusSeconds(seconds));
    }

    static StreamEntry entry(String name, long epoch) {
        return new StreamEntry(name, "a", "claim-" + epoch, epoch, "", NOON, StreamEntry.State.LIVE);
    }
}
