// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.Failures;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Our own protocol. Numbers are big-endian, a text is an uint16 length and UTF-8.
 *
 * <pre>
 * client   "SNF1"            'G' get, or 'P' put: one byte
 *          text              the name
 *          int64             get: how many bytes it has already; put: the size of the file
 * server   uint8, text       0 and nothing, or 1 and why not; then it is over
 *          int64             get: the size of the file; put: how many bytes it has already
 * sender   bytes             what is missing
 *          32 bytes          SHA-256 of the whole file
 * receiver uint8, text       0 when the file is whole and has its name, or 1 and why not
 * </pre>
 */
final class CheckedProtocol {
    /** The first four bytes, read as the length of a name in the protocol of libsrt's examples: over all bounds. */
    static final int MAGIC = 0x534E4631;

    /** The stream id that says so to a receiver, which otherwise expects the name of a file. */
    static final String STREAM_ID = "#!::t=file,m=publish";

    private static final int GET = 'G';
    private static final int PUT = 'P';
    private static final int HASH_BYTES = 32;

    private final StreamConnection connection;
    private final DataInputStream in;
    private final DataOutputStream out;

    CheckedProtocol(StreamConnection connection) {
        this.connection = connection;
        in = new DataInputStream(connection.in());
        out = new DataOutputStream(connection.out());
    }

    Transferred get(String name, Path target) throws IOException {
        try (PartialFile file = PartialFile.resume(target)) {
            request(GET, name, file.size());
            readAnswer();
            receive(file, name, in.readLong());
            return new Transferred(target.getFileName().toString(), file.sha256Hex());
        }
    }

    /** Serves a request, behind the magic number. */
    Transferred serve(Root root) throws IOException {
        requireRequest(GET);
        String name = readText();
        long offset = in.readLong();
        Path file;
        long size;
        try {
            file = root.existing(name);
            size = Files.size(file);
            if (offset < 0 || offset > size) {
                throw new IOException(name + " has " + size + " bytes, not " + offset + " and more");
            }
        } catch (IOException e) {
            throw refused(e);
        }
        answer("");
        out.writeLong(size);
        return send(file, name, offset, size);
    }

    Transferred put(Path file) throws IOException {
        long size = Files.size(file);
        String name = file.getFileName().toString();
        request(PUT, name, size);
        readAnswer();
        long offset = in.readLong();
        if (offset < 0 || offset > size) {
            throw new IOException(
                    connection.peer() + " has " + offset + " bytes of " + name + " already, more than " + size);
        }
        return send(file, name, offset, size);
    }

    /** Takes a file that is put, with the magic number. */
    Transferred receive(Root root) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException(connection.peer() + " does not speak this protocol");
        }
        requireRequest(PUT);
        String name = readText();
        long size = in.readLong();
        Path target;
        try {
            target = root.writable(name);
        } catch (IOException e) {
            throw refused(e);
        }
        try (PartialFile file = PartialFile.resume(target)) {
            if (file.size() > size) {
                throw refused(new IOException(name + ".part has " + file.size() + " bytes, more than " + size));
            }
            answer("");
            out.writeLong(file.size());
            receive(file, name, size);
            return new Transferred(name, file.sha256Hex());
        }
    }

    private Transferred send(Path file, String name, long offset, long size) throws IOException {
        String hash = Copier.send(file, offset, size, out);
        out.write(HexFormat.of().parseHex(hash));
        readAnswer();
        return new Transferred(name, hash);
    }

    private void receive(PartialFile file, String name, long size) throws IOException {
        Copier.receive(in, file, name, size);
        byte[] expected = new byte[HASH_BYTES];
        in.readFully(expected);
        String wanted = HexFormat.of().formatHex(expected);
        if (!file.sha256Hex().equals(wanted)) {
            file.discard();
            throw refused(new IOException(name + " is not what was sent: SHA-256 differs; begin anew"));
        }
        file.commit();
        answer("");
        connection.awaitDeliveredOrClosed();
    }

    private void request(int operation, String name, long number) throws IOException {
        out.writeInt(MAGIC);
        out.writeByte(operation);
        writeText(name);
        out.writeLong(number);
    }

    private void requireRequest(int operation) throws IOException {
        if (in.readUnsignedByte() != operation) {
            throw refused(new IOException("this side only " + (operation == GET ? "sends" : "receives") + " files"));
        }
    }

    private void answer(String failure) throws IOException {
        out.writeByte(failure.isEmpty() ? 0 : 1);
        writeText(failure);
    }

    private void readAnswer() throws IOException {
        int code = in.readUnsignedByte();
        String why = readText();
        if (code != 0) {
            throw new IOException(connection.peer() + " refuses: " + why);
        }
    }

    /** Tells the peer, waits until it knows, and returns what to throw. */
    private IOException refused(IOException cause) throws IOException {
        answer(Failures.describe(cause));
        connection.awaitDeliveredOrClosed();
        return new IOException("refused to " + connection.peer() + ": " + Failures.describe(cause), cause);
    }

    private String readText() throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void writeText(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }
}
