// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtKeyState;
import io.github.srtnetty.libsrt.SrtOptions;
import io.github.srtnetty.libsrt.SrtSocket;

/**
 * The result of the key exchange of a new connection. libsrt connects some peers that did not prove the passphrase,
 * although {@code SRTO_ENFORCEDENCRYPTION} is on: those of handshake version 4, and those of version 5 that send an
 * answer to a key request ({@code SRT_CMD_KMRSP} with the state {@code SRT_KM_S_UNSECURED}) that nobody has made.
 * libsrt passes what they send in clear on to the application.
 */
final class KeyExchange {
    private KeyExchange() {}

    /**
     * Returns whether a connected socket enforces encryption and its keys are not what its passphrase asks for. A
     * socket with a passphrase sends with the state SECURING until its peer has proved the passphrase, and never with
     * UNSECURED in both directions. A socket that is gone is not incomplete, as nothing can be read from it.
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
