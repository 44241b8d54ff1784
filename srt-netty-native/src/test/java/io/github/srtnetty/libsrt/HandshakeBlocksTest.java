// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
