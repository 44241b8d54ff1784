// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the program of the filter in the kernel, on packets that reach no libsrt. */
class HandshakeFilterTest {
    @BeforeEach
    void skipElsewhere() {
        assumeTrue(Platform.isLinux(), "socket filters are Linux's");
    }

    @Test
    void limitsAreWidenedOnlyWhereASocketNamesMore() {
        HandshakeFilter filter = new HandshakeFilter(1000, 576, false, false);
        assertThat(filter.allowing(new HandshakeFilter(25, 1500, false, false))).isSameAs(filter);
        assertThat(filter.allowing(new HandshakeFilter(1001, 100, true, true)))
                .isEqualTo(new HandshakeFilter(1001, 100, true, true));
    }

    /** Type of the handshake: induction, wave a hand, conclusion, agreement, a rejection. */
    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1, -2, 1002})
    void theFilterDropsHandshakesOfEveryTypeBeyondTheLimits_andNothingElse(int type) throws Exception {
        HandshakeFilter filter = new HandshakeFilter(1000, 576, false, false);
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            UdpSocket udp = UdpSocket.find(receiver.address(), -1);
            assertThat(udp).isNotNull();
            assertThat(udp.attach(filter.program())).isZero();
            InetSocketAddress to = receiver.address();

            sender.send(packet(0x8000_0000, 575, 1000, type), to);
            sender.send(packet(0x8000_0000, 576, 1001, type), to);
            sender.send(packet(0x8000_FFFF, 1500, -1, type), to); // libsrt ignores the subtype
            sender.send(packet(0x8000_0000, 1500, Integer.MIN_VALUE, type), to);
            sender.send(Arrays.copyOf(packet(0x8000_0000, 1500, 1000, type), 63), to);
            List<byte[]> passing = List.of(
                    packet(0x8000_0000, 576, 1000, type),
                    packet(0x8000_0000, Integer.MAX_VALUE, 0, type),
                    packet(0x8000_0000, 0, 0, type),
                    packet(0x8002_0000, 100, 5000, type), // an acknowledgement
                    packet(0x0000_0001, 100, 5000, type)); // data
            for (byte[] packet : passing) {
                sender.send(packet, to);
                assertThat(receiver.receive().array()).isEqualTo(packet);
            }
        }
    }

    private static byte[] packet(int firstWord, int mss, int window, int type) {
        return ByteBuffer.allocate(RawHandshake.BODY + RawHandshake.BODY_BYTES)
                .putInt(0, firstWord)
                .putInt(RawHandshake.BODY + 12, mss)
                .putInt(RawHandshake.BODY + 16, window)
                .putInt(RawHandshake.BODY + 20, type)
                .array();
    }
}
