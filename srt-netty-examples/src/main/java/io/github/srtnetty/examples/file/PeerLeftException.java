// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/** Reports that a peer closed its connection, or was lost, before it had received the whole file. */
final class PeerLeftException extends IOException {
    private static final long serialVersionUID = 1;

    PeerLeftException(String peer) {
        super(peer + " closed the connection before it had received everything");
    }
}
