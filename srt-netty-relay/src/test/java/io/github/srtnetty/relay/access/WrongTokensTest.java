// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
    private final WrongTokens tokens = new WrongTokens();

    @Test
    void anAddressWaits_afterManyWrongTokens_andNoOther() throws Exception {
        InetAddress guesser = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < WrongTokens.BURST; i++) {
            assertThat(tokens.mustWait(guesser, 0)).isFalse();
            tokens.add(guesser, 0);
        }

        assertThat(tokens.mustWait(guesser, 0)).isTrue();
        assertThat(tokens.mustWait(InetAddress.getByName("192.0.2.2"), 0)).isFalse();
        assertThat(tokens.mustWait(guesser, WrongTokens.REFILL_NANOS)).isFalse();
        tokens.add(guesser, WrongTokens.REFILL_NANOS);
        assertThat(tokens.mustWait(guesser, WrongTokens.REFILL_NANOS)).isTrue();
    }

    @Test
    void aDeviceWithAnOldToken_thatTriesEveryFewSeconds_neverWaits() throws Exception {
        InetAddress device = InetAddress.getByName("192.0.2.1");
        for (int i = 0; i < 1000; i++) {
            long now = i * WrongTokens.REFILL_NANOS;
            assertThat(tokens.mustWait(device, now)).isFalse();
            tokens.add(device, now);
        }
    }

    @Test
    void remembersABoundedNumberOfAddresses() throws Exception {
        byte[] address = new byte[4];
        for (int i = 0; i < WrongTokens.MOST_ADDRESSES + 1000; i++) {
            address[2] = (byte) (i >> 8);
            address[3] = (byte) i;
            tokens.add(InetAddress.getByAddress(address), 0);
        }

        assertThat(tokens.addresses()).isEqualTo(WrongTokens.MOST_ADDRESSES);
    }
}
