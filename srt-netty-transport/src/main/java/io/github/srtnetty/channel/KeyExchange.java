// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;

/**
 * The result of the key exchange of a new connection. Although {@code SRTO_ENFORCEDENCRYPTION} is on, libsrt connects
 * some peers that did not prove the passphrase, and passes data that they send in clear to the application. These are
 * peers with handshake version 4, and peers with version 5 that answer a key request which was never sent ({@code
 * SRT_CMD_KMRSP} with the state {@code SRT_KM_S_UNSECURED}).
 */
final class KeyExchange {
    private KeyExchange() {}

    /**
     * Returns whether a connected socket enforces encryption, and its key state does not match its passphrase. A socket
     * with a passphrase sends with the state SECURING until its peer has proved the passphrase, and never has UNSECURED
     * in both directions. Returns false for a socket that is gone, because nothing can be read from it.
     */
    static boolean isIncomplete(SrtSocket socket) {
        try {
            SrtKeyState sending = socket.getOption(SrtOptions.SRTO_SNDKMSTATE);
            SrtKeyState receiving = socket.getOption(SrtOptions.SRTO_RCVKMSTATE);
            boolean complete =
                    sending == receiving && (sending == SrtKeyState.SECURED || sending == SrtKeyState.UNSECURED);
            return !complete && socket.getOption(SrtOptions.SRTO_ENFORCEDENCRYPTION);
        } catch (SrtException e) {
            return false;
        }
    }
}
