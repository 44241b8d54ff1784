// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.libsrt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer renews its key by a message that {@link HandshakeFilter} lets pass to encrypted ports. */
class KeyRenewalTest {
    private static final String SECRET = "a secret of some length";
    private static final int RENEWED_AFTER = 40;
    private static final int MESSAGES = 4 * RENEWED_AFTER;
    /** Less than the packets from the announcement of a key to its use. */
    private static final int AT_ONCE = 5;

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"before listen", "in the hook"})
    void messagesArriveUnderRenewedKeys_whereverThePassphraseIsSet(String when) throws Exception {
        SrtSocket listener = Loopback.listen(Loopback.V4, socket -> {
            if (when.equals("before listen")) {
                socket.setOption(SrtOptions.SRTO_PASSPHRASE, SECRET);
            }
            socket.setAcceptFilter((candidate, peer, version, streamId) -> {
                if (when.equals("in the hook")) {
                    set(candidate);
                }
                return SrtSocket.AcceptFilter.ACCEPT;
            });
        });
        SrtSocket caller = SrtSocket.create();
        caller.setOption(SrtOptions.SRTO_PASSPHRASE, SECRET);
        caller.setOption(SrtOptions.SRTO_LATENCY, 20);
        caller.setOption(SrtOptions.SRTO_KMREFRESHRATE, RENEWED_AFTER);
        caller.setOption(SrtOptions.SRTO_KMPREANNOUNCE, RENEWED_AFTER / 3);
        caller.connect(listener.localAddress());
        try (Loopback loopback = new Loopback(listener, caller, Loopback.accept(listener))) {
            Await.until("the caller is connected", () -> caller.state() == SrtSocketState.CONNECTED);
            for (int i = 0; i < MESSAGES; i += AT_ONCE) {
                for (int j = i; j < i + AT_ONCE; j++) {
                    Loopback.send(caller, new byte[] {(byte) j});
                }
                for (int j = i; j < i + AT_ONCE; j++) {
                    assertThat(Loopback.receive(loopback.accepted())).containsExactly(j);
                }
            }
        }
    }

    private static void set(SrtSocket candidate) {
        try {
            candidate.setOption(SrtOptions.SRTO_PASSPHRASE, SECRET);
        } catch (SrtException e) {
            throw new AssertionError(e);
        }
    }
}
