// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HandshakeRateTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = Long.MAX_VALUE - SECOND; // the clock may wrap

    @Test
    void aBurstPasses_andThenTheRate() throws UnknownHostException {
        HandshakeRate rate = rate(10, 50, 100);

        assertThat(passed(rate, "192.0.2.1", 100)).isEqualTo(50);
        now += SECOND;
        assertThat(passed(rate, "192.0.2.1", 100)).isEqualTo(10);
        now += 100 * SECOND;
        assertThat(passed(rate, "192.0.2.1", 100)).isEqualTo(50);
    }

    @Test
    void rejectedHandshakes_takeNoTokens() throws UnknownHostException {
        HandshakeRate rate = rate(10, 1, 100);
        passed(rate, "192.0.2.1", 1000);

        now += SECOND / 10;

        assertThat(passed(rate, "192.0.2.1", 1)).isEqualTo(1);
    }

    @Test
    void aFailureCostsMore_butNeverMoreThanTheBurst() throws UnknownHostException {
        InetAddress address = InetAddress.getByName("192.0.2.1");
        HandshakeRate rate = rate(10, 50, 100);
        assertThat(passed(rate, "192.0.2.1", 1)).isEqualTo(1);
        rate.charge(address, now);
        assertThat(passed(rate, "192.0.2.1", 100)).isEqualTo(40);

        for (int i = 0; i < 100; i++) {
            rate.charge(address, now);
        }
        now += 5 * SECOND;

        assertThat(passed(rate, "192.0.2.1", 100)).isEqualTo(50);
    }

    @Test
    void addressesAreCountedApart_andAnIpv6NetworkTogether() throws UnknownHostException {
        HandshakeRate rate = rate(1, 1, 100);

        assertThat(passed(rate, "192.0.2.1", 2)).isEqualTo(1);
        assertThat(passed(rate, "192.0.2.2", 2)).isEqualTo(1);
        assertThat(passed(rate, "2001:db8:1:1::1", 2)).isEqualTo(1);
        assertThat(passed(rate, "2001:db8:1:1:ffff::1", 2)).isZero();
        assertThat(passed(rate, "2001:db8:1:2::1", 2)).isEqualTo(1);
    }

    @Test
    void theTableIsBounded_andForgetsTheAddressThatCalledLongestAgo() throws UnknownHostException {
        HandshakeRate rate = rate(1, 1, 100);
        for (int i = 0; i < 100_000; i++) {
            passed(rate, "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255), 1);
            assertThat(passed(rate, "192.0.2.1", 1)).isEqualTo(i == 0 ? 1 : 0);
        }

        assertThat(rate.size()).isEqualTo(100);
    }

    @Test
    void limitsThatChange_holdFromThenOn() throws UnknownHostException {
        AtomicReference<SrtAcceptLimits> limits = new AtomicReference<>(new SrtAcceptLimits(1, 3, 9, 100, 0, 1));
        HandshakeRate rate = new HandshakeRate(limits::get);
        assertThat(passed(rate, "192.0.2.1", 10)).isEqualTo(3);

        limits.set(limits.get().withHandshakes(1, 5));
        assertThat(passed(rate, "192.0.2.1", 10)).isEqualTo(2);
        limits.set(limits.get().withHandshakes(0, 1));
        assertThat(passed(rate, "192.0.2.1", 10)).isEqualTo(10);
    }

    @Test
    void withoutARate_nothingIsCounted() throws UnknownHostException {
        HandshakeRate rate = new HandshakeRate(() -> SrtAcceptLimits.NONE);

        assertThat(passed(rate, "192.0.2.1", 10_000)).isEqualTo(10_000);
        assertThat(rate.size()).isZero();
    }

    @Test
    void theDefaultLimits_letAThousandConnectionsOfOneAddressIn() throws UnknownHostException {
        assertThat(passed(new HandshakeRate(() -> SrtAcceptLimits.DEFAULT), "127.0.0.1", 1000))
                .isEqualTo(1000);
        assertThat(SrtAcceptLimits.DEFAULT.halfOpen()).isGreaterThan(1000);
    }

    @Test
    void limitsRefuseWhatCannotBe() {
        SrtAcceptLimits limits = SrtAcceptLimits.DEFAULT;

        assertThatThrownBy(() -> limits.withHandshakes(-1, 1)).hasMessageContaining("handshakesPerSecond=-1");
        assertThatThrownBy(() -> limits.withHandshakes(1, 0)).hasMessageContaining("handshakeBurst=0");
        assertThatThrownBy(() -> limits.withHalfOpen(0)).hasMessageContaining("halfOpen=0: must be 1 to 65536");
    }

    private int passed(HandshakeRate rate, String address, int handshakes) throws UnknownHostException {
        InetAddress from = InetAddress.getByName(address);
        int passed = 0;
        for (int i = 0; i < handshakes; i++) {
            passed += rate.tryAcquire(from, now) ? 1 : 0;
        }
        return passed;
    }

    private static HandshakeRate rate(int perSecond, int burst, int addresses) {
        SrtAcceptLimits limits = new SrtAcceptLimits(perSecond, burst, 9, addresses, 0, 1);
        return new HandshakeRate(() -> limits);
    }
}
