// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;

/**
 * The protocol of srt-file-transmit: the caller names the file by the stream id, then the bytes follow, and the end of
 * the connection is the end of the file. A sender that was stopped looks to
 * the receiver like one that has finished.
 */
final class PlainProtocol {
    private PlainProtocol() {}

    static Transferred send(StreamConnection connection, SourceFile file) throws IOException {
        String hash = Copier.send(file, 0, connection.out());
        connection.awaitDelivered();
        return new Transferred(file.name(), hash);
    }

    static Transferred receive(StreamConnection connection, Target target) throws IOException {
        try (PartialFile file = PartialFile.create(target)) {
            Copier.receiveAll(connection.in(), file, file.name());
            file.commit();
            return new Transferred(file.name(), file.sha256Hex());
        }
    }
}
