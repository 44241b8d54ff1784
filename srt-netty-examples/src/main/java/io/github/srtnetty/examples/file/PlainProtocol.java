// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.io.IOException;
import java.nio.file.FileSystemException;

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
            receiveAll(connection, file);
            file.commit();
            return new Transferred(file.name(), file.sha256Hex());
        }
    }

    private static void receiveAll(StreamConnection connection, PartialFile file) throws IOException {
        try {
            Copier.receiveAll(connection.in(), file, file.name());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw file.broken(connection.peer(), e);
        }
    }
}
