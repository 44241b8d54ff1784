// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.relay.auth.Cidr;
import io.github.srtnetty.relay.config.RelayRules;
import io.github.srtnetty.relay.config.RelaySetting;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBansTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final RelayRules RULES =
            new RelayRules(Map.of(RelaySetting.WRONG_TOKENS, 5, RelaySetting.WRONG_TOKEN_BAN, 30), Map.of(), Map.of());

    private final TokenBans bans = new TokenBans();
    private long now = Long.MAX_VALUE - 10 * SECOND; // the clock may wrap

    @Test
    void bansAnAddressAfterAsManyAsConfigured_andForgetsItAfterTheTime() throws Exception {
        InetAddress guesser = InetAddress.getByName("192.0.2.1");
        for (int i = 1; i < 5; i++) {
            assertThat(bans.add(guesser, RULES, now)).isFalse();
            assertThat(bans.isBanned(guesser, now)).isFalse();
        }

        assertThat(bans.add(guesser, RULES, now)).isTrue();
        assertThat(bans.isBanned(guesser, now)).isTrue();
        assertThat(bans.isBanned(InetAddress.getByName("192.0.2.2"), now)).isFalse();
        now += 29 * SECOND;
        assertThat(bans.add(guesser, RULES, now)).as("does not prolong the ban").isFalse();
        assertThat(bans.isBanned(guesser, now)).isTrue();
        now += SECOND;
        assertThat(bans.isBanned(guesser, now)).isFalse();
        assertThat(bans.addresses()).isZero();
    }

    @Test
    void aDeviceWithAnOldToken_thatTriesEveryFewSeconds_isNotBanned() throws Exception {
        InetAddress device = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 1000; i++) {
            assertThat(bans.add(device, RULES, now + i * SECOND)).isFalse();
        }
    }

    @Test
    void listsBans_andEndsOne() throws Exception {
        for (int i = 0; i < 5; i++) {
            bans.add(InetAddress.getByName("192.0.2.1"), RULES, now);
            bans.add(InetAddress.getByName("2001:db8::" + i), RULES, now);
        }
        bans.add(InetAddress.getByName("192.0.2.7"), RULES, now);

        assertThat(bans.bans(now))
                .containsExactlyInAnyOrder(
                        new TokenBans.TokenBan(Cidr.parse("192.0.2.1"), 31),
                        new TokenBans.TokenBan(Cidr.parse("2001:db8::/64"), 31));
        assertThat(bans.forgive(Cidr.parse("2001:db8::/64"), now)).isTrue();
        assertThat(bans.forgive(Cidr.parse("2001:db8::/64"), now)).isFalse();
        assertThat(bans.isBanned(InetAddress.getByName("2001:db8::1"), now)).isFalse();
    }

    @Test
    void remembersABoundedNumberOfAddresses() throws Exception {
        byte[] address = new byte[4];
        for (int i = 0; i < TokenBans.MOST_ADDRESSES + 1000; i++) {
            address[2] = (byte) (i >> 8);
            address[3] = (byte) i;
            bans.add(InetAddress.getByAddress(address), RULES, now);
        }

        assertThat(bans.addresses()).isEqualTo(TokenBans.MOST_ADDRESSES);
    }
}
