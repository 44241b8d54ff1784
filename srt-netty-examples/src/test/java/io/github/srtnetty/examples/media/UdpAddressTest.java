// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpAddressTest {
    @Test
    void everyKeyOfAMulticastGroupIsAnOptionOfTheSocket() throws Exception {
        UdpAddress address = UdpAddress.parse("udp://@239.1.1.1:1234?adapter=127.0.0.1&ttl=3&iptos=0x88&mcloop=0"
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
        UdpAddress address = UdpAddress.parse("udp://239.1.1.1:1234");
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
        UdpAddress address = UdpAddress.parse("udp://[::1]:1234?iptos=8");

        assertThat(optionsOf(address, false)).isEqualTo(Map.of(ChannelOption.IP_TOS, 8));
        assertThat(address.socketAddress().getAddress()).isEqualTo(InetAddress.getByName("::1"));
    }

    private static Map<ChannelOption<?>, Object> optionsOf(UdpAddress address, boolean multicast) throws Exception {
        Bootstrap bootstrap = new Bootstrap();
        address.applyTo(bootstrap, multicast);
        return bootstrap.config().options();
    }
}
