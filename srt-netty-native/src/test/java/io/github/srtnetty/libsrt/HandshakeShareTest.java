// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A listener can let a share of the conclusions through. */
class HandshakeShareTest {
    @BeforeEach
    void skipElsewhere() {
        assumeTrue(Platform.isLinux(), "the filter is for Linux only");
    }

    @Test
    void aListenerThatPassesNoConclusions_stillAnswersInductions_andPassesThemAgain() throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, socket -> {});
        InetSocketAddress address = listener.localAddress();
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            listener.passConclusions(0);
            int cookie = peer.cookie(address);
            peer.conclude(address, cookie, RawHandshake.MSS, RawHandshake.WINDOW);
            assertThat(peer.cookie(address)).isNotZero(); // it comes first, though it was sent last

            listener.passConclusions(1);
            peer.conclude(address, cookie, RawHandshake.MSS, RawHandshake.WINDOW);
            assertThat(HandshakeGuardTest.typeOf(peer.receiveAnswer(peer.socketId())))
                    .isEqualTo(RawHandshake.CONCLUSION);
        } finally {
            listener.close();
        }
    }

    @Test
    void aShareOfTheConclusionsPasses() throws Exception {
        int sent = 2000;
        HandshakeFilter filter = HandshakeGuard.instance().limits();
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            UdpSocket udp = UdpSocket.find(receiver.address(), -1);
            assertThat(udp).isNotNull();
            assertThat(udp.attach(filter.program(0.25))).isZero();
            int passed = 0;
            for (int i = 0; i < sent; i += 20) { // few enough for the buffer of the receiver
                for (int k = 0; k < 20; k++) {
                    sender.send(
                            HandshakeGuardTest.packet(0x8000_0000, 1500, 8192, RawHandshake.CONCLUSION),
                            receiver.address());
                }
                sender.send(HandshakeGuardTest.packet(0x8000_0000, 1500, 8192, 1), receiver.address());
                while (HandshakeGuardTest.typeOf(receiver.receive()) == RawHandshake.CONCLUSION) {
                    passed++;
                }
            }
            assertThat(passed).isBetween(sent * 18 / 100, sent * 32 / 100); // 7 standard deviations
        }
    }
}
