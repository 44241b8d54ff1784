// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            192.0.2.0/24,     192.0.2.255, true
            192.0.2.0/24,     192.0.3.0,   false
            192.0.2.128/25,   192.0.2.127, false
            192.0.2.7,        192.0.2.7,   true
            192.0.2.7/32,     192.0.2.6,   false
            0.0.0.0/0,        203.0.113.1, true
            0.0.0.0/0,        ::1,         false
            ::/0,             192.0.2.7,   false
            2001:db8::/33,    2001:db8:7fff::1, true
            2001:db8::/33,    2001:db8:8000::1, false
            ::1,              ::1,         true
            ::ffff:192.0.2.7, 192.0.2.7,   true
            """)
    void hasTheAddressesOfItsPrefix(String block, String address, boolean contained) throws Exception {
        assertThat(Cidr.parse(block).contains(InetAddress.getByName(address))).isEqualTo(contained);
        assertThat(Cidr.parse(Cidr.parse(block).toString())).isEqualTo(Cidr.parse(block));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/8", "localhost", "192.0.2", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/024", "192.0.2.1/24",
                "192.0.2.0/", "::/129", "fe80::1%lo", "[::1]", "010.0.0.1/8x", "1", "192.0.2.0/24/24", " 192.0.2.0/24"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
