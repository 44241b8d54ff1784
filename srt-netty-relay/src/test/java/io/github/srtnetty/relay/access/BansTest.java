// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.relay.auth.Cidr;
import java.net.InetAddress;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BansTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Bans bans = new Bans();

    @ParameterizedTest
    @CsvSource(textBlock = """
            192.0.2.0/24, ,     192.0.2.9,   any,   true
            192.0.2.0/24, ,     192.0.3.9,   any,   false
            192.0.2.9,    ,     192.0.2.9,   any,   true
            2001:db8::/32, ,    2001:db8::7, any,   true
            2001:db8::/32, ,    192.0.2.9,   any,   false
            ,             live, 192.0.2.9,   live,  true
            ,             live, 192.0.2.9,   Live,  false
            192.0.2.9,    live, 192.0.2.9,   live,  true
            192.0.2.9,    live, 192.0.2.9,   other, false
            192.0.2.9,    live, 192.0.2.8,   live,  false
            0.0.0.0/0,    live, 192.0.2.8,   live,  true
            """)
    void rejectsCallersOfTheAddressesAndTheStream(
            String block, String stream, String address, String asked, boolean banned) throws Exception {
        bans.add(ban("1", block, stream, NOW.plusSeconds(1)), NOW);

        SrtRejectReason reason = bans.reason(InetAddress.getByName(address), asked, NOW);
        assertThat(reason).isEqualTo(banned ? SrtRejectReason.LOCKED : null);
    }

    @Test
    void endsInTime_andWhenItIsRemoved() throws Exception {
        InetAddress address = InetAddress.getByName("192.0.2.9");
        bans.add(ban("1", "192.0.2.9", null, NOW.plusSeconds(10)), NOW);
        bans.add(ban("2", "192.0.2.0/24", null, NOW.plusSeconds(20)), NOW);

        assertThat(bans.reason(address, "x", NOW.plusSeconds(11))).isNotNull();
        assertThat(bans.all(NOW.plusSeconds(11))).extracting(Ban::id).containsExactly("2");
        assertThat(bans.remove("2", NOW)).isTrue();
        assertThat(bans.remove("2", NOW)).isFalse();
        assertThat(bans.reason(address, "x", NOW)).isNotNull();
        assertThat(bans.reason(address, "x", NOW.plusSeconds(11))).isNull();
    }

    @Test
    void replacesABanOfTheSameCallers_andRemovesEndedOnes() {
        bans.add(ban("1", null, "x", NOW.plusSeconds(10)), NOW);
        bans.add(ban("2", null, "x", NOW.plusSeconds(20)), NOW);
        bans.add(ban("3", null, "y", NOW.plusSeconds(30)), NOW.plusSeconds(21));
        assertThat(bans.all(NOW)).extracting(Ban::id).containsExactly("3");
    }

    @Tag("slow")
    @Test
    void hasABound() {
        Instant until = NOW.plusSeconds(10);
        for (int i = 0; i < Bans.MOST; i++) {
            assertThat(bans.add(ban("" + i, null, "" + i, until), NOW)).isTrue();
        }
        assertThat(bans.add(ban("more", null, "more", until), NOW)).isFalse();
        assertThat(bans.add(ban("again", null, "7", until), NOW))
                .as("in place of another")
                .isTrue();
        assertThat(bans.all(NOW)).hasSize(Bans.MOST);
    }

    private static Ban ban(String id, String block, String stream, Instant until) {
        return new Ban(id, block == null ? null : Cidr.parse(block), stream, SrtRejectReason.LOCKED, until, "");
    }
}
