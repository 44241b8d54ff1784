// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Extension blocks of a handshake that never reach libsrt. */
class HandshakeBlocksTest {
    private static final int KEY_RESPONSE = 4;
    private static final int FILTER = 7;

    @BeforeEach
    void skipElsewhere() {
        assumeTrue(Platform.isLinux(), "the filter is for Linux only");
    }

    /** An empty one crashes libsrt, and one with many columns makes it allocate gigabytes and keep a lock for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"", "fec", "fec,cols:2147483647,rows:1", "fec,cols:10,rows:5", "none"})
    void aPacketFilterThatNoSocketOfOursHasIsDropped(String configuration) throws Exception {
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(listener.localAddress());
            for (int before = 0; before < 4; before++) {
                peer.concludeWith(FILTER, configuration, listener.localAddress(), cookie, before);
            }
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            listener.close();
        }
    }

    /** The text is the state "unsecured": libsrt takes it for a key, and the passphrase is not asked for. */
    @Test
    void aKeyResponseToAListenerIsDropped() throws Exception {
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(listener.localAddress());
            peer.concludeWith(KEY_RESPONSE, "", listener.localAddress(), cookie, 0);
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            listener.close();
        }
    }

    @Test
    void moreBlocksThanLibsrtSendsAreDropped() throws Exception {
        SrtSocket listener = listen(Loopback.V4);
        try (RawHandshake peer = new RawHandshake(InetAddress.getByName(Loopback.V4))) {
            int cookie = peer.cookie(listener.localAddress());
            peer.concludeWith(FILTER, "fec", listener.localAddress(), cookie, 8);
            assertUnansweredUnlikeTheNext(peer, listener.localAddress(), cookie);
        } finally {
            listener.close();
        }
    }

    /** Type of a block, most words of it that pass to a caller in a rendezvous; libsrt copies them onto its stack. */
    @ParameterizedTest
    @CsvSource({"1, 300", "2, 300", "3, 26", "4, 26", "5, 300", "6, 300", "8, 2", "9, 300"})
    void theLengthOfKeyMessagesAndGroupsIsLimited_whereverTheBlockIs(int type, int mostWords) throws Exception {
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = filtered(new HandshakeFilter(1000, 576, false, true, true))) {
            for (int before = 0; before < 4; before++) {
                if (mostWords < 300) {
                    sender.send(withBlock(before, type, mostWords + 1), receiver.address());
                    sender.send(withBlock(before, type, 300), receiver.address());
                }
                for (int words : new int[] {0, 1, mostWords}) {
                    assertPasses(sender, receiver, withBlock(before, type, words));
                }
            }
        }
    }

    /** A type of a handshake, and the bytes of it that reach a socket: only these types have no blocks. */
    @ParameterizedTest
    @CsvSource({"1, 64", "2, 64", "1000, 64", "1010, 64", "2147483647, 64", "0, 80", "-1, 80", "-2, 80"})
    void blocksAreCutFromInductionsAndRejectionsToASocket(int type, int bytes) throws Exception {
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = filtered(new HandshakeFilter(1000, 576, false, false, true))) {
            byte[] packet = withBlock(0, KEY_RESPONSE, 3);
            assertThat(packet).hasSize(RawHandshake.BODY + RawHandshake.BODY_BYTES + 16);
            ByteBuffer.wrap(packet).putInt(RawHandshake.BODY + 20, type);
            sender.send(packet, receiver.address());
            assertThat(receiver.receive().array()).isEqualTo(Arrays.copyOf(packet, bytes));
            byte[] withoutBlocks = Arrays.copyOf(packet, RawHandshake.BODY + RawHandshake.BODY_BYTES);
            assertPasses(sender, receiver, withoutBlocks);
        }
    }

    @Test
    void theLengthOfKeyMessagesOfConnectedPeersIsLimited() throws Exception {
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = filtered(new HandshakeFilter(1000, 576, false, false, true))) {
            int longest = RawHandshake.BODY + 4 * HandshakeFilter.KEY_WORDS;
            for (int subtype = 3; subtype <= 4; subtype++) {
                sender.send(control(0xFFFF_0000 | subtype, longest + 1), receiver.address());
                sender.send(control(0xFFFF_0000 | subtype, 1400), receiver.address());
                assertPasses(sender, receiver, control(0xFFFF_0000 | subtype, longest));
                assertPasses(sender, receiver, control(0xFFFF_0000 | subtype, RawHandshake.BODY));
            }
            assertPasses(sender, receiver, control(0xFFFF_0000 | 1, 1400));
            assertPasses(sender, receiver, control(0x8003_0000 | 3, 1400)); // a list of losses
            assertPasses(sender, receiver, control(0x7FFF_0003, 1400)); // data
        }
    }

    /** Without a passphrase no key is of use, and libsrt crashes when it reads one while the socket is closed. */
    @Test
    void keyMessagesOfConnectedPeersAreDropped_whereNoSocketHasAPassphrase() throws Exception {
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = filtered(new HandshakeFilter(1000, 576, false, false, false))) {
            for (int bytes : new int[] {0, 4, 4 * HandshakeFilter.KEY_WORDS, 1400}) {
                sender.send(control(0xFFFF_0003, RawHandshake.BODY + bytes), receiver.address());
                sender.send(control(0xFFFF_0004, RawHandshake.BODY + bytes), receiver.address());
            }
            assertPasses(sender, receiver, control(0xFFFF_0002, RawHandshake.BODY + 12));
        }
    }

    /** Bytes of the content: libsrt sends one word, or four, six, seven or eight. */
    @Test
    void acknowledgementsOfAnotherSizeThanThoseOfLibsrtAreDropped() throws Exception {
        try (RawHandshake sender = new RawHandshake(InetAddress.getByName(Loopback.V4));
                RawHandshake receiver = filtered(new HandshakeFilter(1000, 576, false, false, true))) {
            for (int bytes : new int[] {0, 3, 5, 15, 33, 48, 1400}) {
                sender.send(control(0x8002_0000, RawHandshake.BODY + bytes), receiver.address());
            }
            for (int bytes : new int[] {4, 16, 24, 28, 32}) {
                assertPasses(sender, receiver, control(0x8002_0000, RawHandshake.BODY + bytes));
            }
        }
    }

    private static RawHandshake filtered(HandshakeFilter filter) throws IOException {
        RawHandshake receiver = new RawHandshake(InetAddress.getByName(Loopback.V4));
        UdpSocket udp = UdpSocket.find(receiver.address(), -1);
        assertThat(udp).isNotNull();
        assertThat(udp.attach(filter.program())).isZero();
        return receiver;
    }

    /** What was sent before and did not pass would arrive first. */
    private static void assertPasses(RawHandshake sender, RawHandshake receiver, byte[] packet) throws IOException {
        sender.send(packet, receiver.address());
        ByteBuffer received = receiver.receive();
        assertThat(received.array()).isEqualTo(packet);
    }

    private static byte[] control(int firstWord, int bytes) {
        return ByteBuffer.allocate(bytes).putInt(0, firstWord).array();
    }

    private static byte[] withBlock(int before, int type, int words) {
        ByteBuffer packet =
                ByteBuffer.allocate(RawHandshake.BODY + RawHandshake.BODY_BYTES + 4 * (2 * before + 1 + words));
        packet.putInt(0, 0x8000_0000)
                .putInt(12, 77) // a socket, not a listener
                .putInt(RawHandshake.BODY + 12, RawHandshake.MSS)
                .putInt(RawHandshake.BODY + 16, 1000)
                .putInt(RawHandshake.BODY + 20, RawHandshake.CONCLUSION);
        packet.position(RawHandshake.BODY + RawHandshake.BODY_BYTES);
        for (int i = 0; i < before; i++) {
            packet.putInt(5 << 16 | 1).putInt(0x78787878);
        }
        return packet.putInt(type << 16 | words).array();
    }

    private static SrtSocket listen(String host) throws SrtException {
        return Loopback.listen(host, socket -> socket.setOption(SrtOptions.SRTO_IPV6ONLY, 0));
    }

    private static void assertUnansweredUnlikeTheNext(RawHandshake peer, InetSocketAddress listener, int cookie)
            throws IOException {
        int unanswered = peer.socketId();
        peer.conclude(listener, cookie, RawHandshake.MSS, RawHandshake.WINDOW);
        ByteBuffer answer = peer.receiveAnswer(unanswered, peer.socketId());
        assertThat(answer).isNotNull();
        assertThat(answer.getInt(12)).isEqualTo(peer.socketId());
        assertThat(RawHandshake.typeOf(answer)).isEqualTo(RawHandshake.CONCLUSION);
    }
}
