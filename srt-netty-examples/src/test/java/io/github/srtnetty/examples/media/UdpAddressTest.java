// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpAddressTest {
    @Test
    void everyKeyOfAMulticastGroupIsAnOptionOfTheSocket() throws Exception {
        UdpAddress address = UdpAddressParser.parse("udp://@239.1.1.1:1234?adapter=127.0.0.1&ttl=3&iptos=0x88&mcloop=0"
                + "&rcvbuf=65536&sndbuf=32768&source=127.0.0.2");

        assertThat(optionsOf(address, true))
                .isEqualTo(Map.of(
                        ChannelOption.IP_MULTICAST_TTL,
                        3,
                        ChannelOption.IP_MULTICAST_IF,
                        NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()),
                        ChannelOption.IP_MULTICAST_LOOP_DISABLED,
                        true,
                        ChannelOption.IP_TOS,
                        0x88,
                        ChannelOption.SO_RCVBUF,
                        65536,
                        ChannelOption.SO_SNDBUF,
                        32768));
        assertThat(address.host()).isEqualTo("239.1.1.1");
        assertThat(address.parameters()).containsEntry("source", "127.0.0.2");
    }

    @Test
    void aGroupWithoutAdapterGoesWhereTheKernelRoutesIt() throws Exception {
        UdpAddress address = UdpAddressParser.parse("udp://239.1.1.1:1234");
        InetAddress group = address.socketAddress().getAddress();

        assertThat(optionsOf(address, true)).isEqualTo(Map.of(ChannelOption.IP_MULTICAST_LOOP_DISABLED, false));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address.socketAddress());
            assertThat(address.interfaceTo(group))
                    .isEqualTo(NetworkInterface.getByInetAddress(socket.getLocalAddress()));
        } catch (SocketException e) { // no route here
            assertThat(address.interfaceTo(group).inetAddresses()).hasAtLeastOneElementOfType(group.getClass());
        }
    }

    @Test
    void aSingleHostHasNoOptionsOfMulticast() throws Exception {
        UdpAddress address = UdpAddressParser.parse("udp://[::1]:1234?iptos=8");

        assertThat(optionsOf(address, false)).isEqualTo(Map.of(ChannelOption.IP_TOS, 8));
        assertThat(address.socketAddress().getAddress()).isEqualTo(InetAddress.getByName("::1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp://[::1%25lo]:9 | ::1%lo | 9",
                "udp://[::1%lo]:9/ | ::1%lo | 9",
                "udp://h:010 | h | 10",
                "UDP://h:0x10?&ttl=1& | h | 16",
                "udp://:5 | '' | 5"
            })
    void readsHostAndPort(String text, String host, int port) {
        UdpAddress address = UdpAddressParser.parse(text);

        assertThat(address.host()).isEqualTo(host);
        assertThat(address.port()).isEqualTo(port);
    }

    @Test
    void readsTheSourceOfAMulticastBeforeItsGroup() {
        UdpAddress address = UdpAddressParser.parse("udp://127.0.0.2@239.1.1.1:5000");

        assertThat(address).isEqualTo(UdpAddressParser.parse("udp://239.1.1.1:5000?source=127.0.0.2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp://h | has no port: udp://host:port (position 7)",
                "udp:// | has no port",
                "udp://h:+5 | port \"+5\" is not a number (position 8)",
                "udp://h:\u0665 | is not a number",
                "udp://h:#5 | is not a number",
                "udp://h:0 | port 0 is not between 1 and 65535",
                "udp://h:99999999999 | port 99999999999 is not between 1 and 65535",
                "udp://::1:9 | has a wrong host",
                "udp://[::1:9 | has a wrong host",
                "udp://[::1%25]:9 | has a wrong host",
                "udp://h i:9 | has a wrong host",
                "udp://u:p@h:9 | has a user name",
                "udp://h:9?ttl | ttl has no value: write ttl=... (position 10)",
                "udp://h:9?frob=1 | unknown key \"frob\"",
                "udp://h:9?ttl=256 | ttl 256 is not between 0 and 255 (position 14)",
                "udp://h:9?ttl=1&ttl=2 | the key ttl is given twice",
                "udp://127.0.0.1@239.1.1.1:9?source=127.0.0.2 | the key source is given twice",
                "udp://h:9?mcloop=maybe | mcloop must be one of",
                "udp://h:9?adapter=a b | adapter is not an address",
                "udp://h:9?adapter=%4 | % must be followed by two",
                "udp://h:9?adapter=%FF | is not UTF-8",
                "udp://h:9?rcvbuf=4294967296 | rcvbuf 4294967296 is not between",
                "udp://h:9?passphrase=topsecret123 | udp://h:9?passphrase=***: unknown key"
            })
    void saysWhatIsWrongAndWhere(String text, String words) {
        assertThatThrownBy(() -> UdpAddressParser.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words)
                .message()
                .contains(" (position ")
                .doesNotContain("topsecret123");
    }

    @Test
    void anyTextIsAnAddressOrOneTypedFailure() {
        long seed = System.nanoTime();
        System.out.println("udp addresses: seed " + seed);
        Random random = new Random(seed);
        String marks = "&=%?:/@[]#+-., 09azAZ\u0660\0\n\ud800\u202e\u00e9";
        int read = 0;
        for (int i = 0; i < 5000; i++) {
            StringBuilder text = new StringBuilder("udp://@239.1.1.1:1234?adapter=127.0.0.1&ttl=3&mcloop=0");
            for (int changes = random.nextInt(5); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                text.replace(at, at + random.nextInt(2), "" + marks.charAt(random.nextInt(marks.length())));
            }
            try {
                UdpAddressParser.parse(text.toString());
                read++;
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .as("seed %d: %s", seed, text)
                        .matches(".* \\(position \\d+\\)")
                        .doesNotContain("\n");
            }
        }
        assertThat(read).isBetween(500, 4500);
    }

    private static Map<ChannelOption<?>, Object> optionsOf(UdpAddress address, boolean multicast) throws Exception {
        Bootstrap bootstrap = new Bootstrap();
        address.applyTo(bootstrap, multicast);
        return bootstrap.config().options();
    }
}
