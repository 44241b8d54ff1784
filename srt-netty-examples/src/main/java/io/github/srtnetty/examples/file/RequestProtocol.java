// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;

/**
 * The protocol of libsrt's examples sendfile (the server) and recvfile (the client). All numbers are little-endian.
 *
 * <pre>
 * client   int32   length of the name
 *          bytes   the name
 * server   int64   size of the file, -1: there is none
 *          bytes   the file
 * </pre>
 */
final class RequestProtocol {
    /** No file system has longer names. */
    static final int LONGEST_NAME = 4096;

    private static final long NO_FILE = -1;

    private RequestProtocol() {}

    /** Serves a request whose first number was read already; then the peer has another limit of time. */
    static Transferred serve(StreamConnection connection, int nameLength, ConfinedFolder root, StallTimeout.Limit limit)
            throws IOException {
        if (nameLength < 0 || nameLength > LONGEST_NAME) {
            throw new IOException("sent no request: a name of " + nameLength + " bytes");
        }
        byte[] name = new byte[nameLength];
        connection.header("request").readFully(name);
        try (SourceFile file = root.open(new String(name, StandardCharsets.UTF_8))) {
            connection.limit(limit);
            return send(connection, file);
        } catch (FileSystemException e) {
            tellSize(connection, NO_FILE);
            connection.awaitDeliveredOrClosed();
            throw new IOException("refused: " + Failures.describe(e), e);
        }
    }

    private static Transferred send(StreamConnection connection, SourceFile file) throws IOException {
        tellSize(connection, file.size());
        String hash = Copier.send(file, 0, connection.out());
        connection.awaitDeliveredOrClosed();
        return new Transferred(file.name(), hash);
    }

    private static void tellSize(StreamConnection connection, long size) throws IOException {
        connection.out().write(littleEndian(Long.BYTES).putLong(size).array());
    }

    static Transferred get(StreamConnection connection, String name, Target target) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer request = littleEndian(Integer.BYTES + bytes.length).putInt(bytes.length);
        connection.out().write(request.put(bytes).array());
        connection.awaitAnswer("the server must be 'file serve' or libsrt's sendfile");
        byte[] answer = new byte[Long.BYTES];
        connection.header("answer").readFully(answer);
        long size = littleEndian(Long.BYTES).put(answer).getLong(0);
        if (size < 0) {
            throw new IOException(connection.peer() + " has no file " + name + ", or does not serve it");
        }
        try (PartialFile file = PartialFile.create(target)) {
            receive(connection, file, name, size);
            file.commit();
            connection.abort(); // there is nothing that the server still needs
            return new Transferred(file.name(), file.sha256Hex());
        }
    }

    private static void receive(StreamConnection connection, PartialFile file, String name, long size)
            throws IOException {
        try {
            Copier.receive(connection.in(), file, name, size);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw file.broken(connection.peer(), e);
        }
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
