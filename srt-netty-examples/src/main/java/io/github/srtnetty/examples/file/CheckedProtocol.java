// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.libsrt.PeerText;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
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
    /**
     * The first four bytes, read as the length of a name in the protocol of libsrt's examples, they exceed all bounds.
     */
    static final int MAGIC = 0x534E4631;

    /** The stream id that says so to a receiver, which otherwise expects the name of a file. */
    static final String STREAM_ID = "#!::t=file,m=publish";

    private static final String NEEDED = "--resume needs srt-netty on both sides";
    private static final int GET = 'G';
    private static final int PUT = 'P';
    private static final int HASH_BYTES = 32;

    private final StreamConnection connection;
    private final DataInputStream in;
    private final DataOutputStream out;

    CheckedProtocol(StreamConnection connection) {
        this.connection = connection;
        in = connection.header("message");
        out = new DataOutputStream(connection.out());
    }

    /**
     * Fetches what is missing. The file is already open and hashed, because a server does not wait long for the
     * request.
     */
    Transferred get(String name, PartialFile file) throws IOException {
        request(GET, name, file.size());
        connection.awaitAnswer(NEEDED);
        readAnswer();
        receive(file, name, in.readLong());
        return new Transferred(file.name(), file.sha256Hex());
    }

    /** Serves a request after the magic number; from then on the peer has another time limit. */
    Transferred serve(ConfinedFolder root, HashCache hashes, StallTimeout.Limit limit) throws IOException {
        requireRequest(GET);
        String name = readText();
        long offset = in.readLong();
        try (SourceFile file = asked(root, name, offset)) {
            connection.limit(limit);
            accept(file.size());
            return new Transferred(file.name(), serve(file, offset, hashes));
        }
    }

    Transferred put(SourceFile file) throws IOException {
        request(PUT, file.name(), file.size());
        connection.awaitAnswer(NEEDED);
        readAnswer();
        long offset = in.readLong();
        if (offset < 0 || offset > file.size()) {
            throw new IOException(connection.peer() + " has " + offset + " bytes of " + file.name()
                    + " already, which has " + file.size());
        }
        return send(file, offset);
    }

    /** Reads the request of a sender and opens the file; fails if it is rejected, which the sender is notified of. */
    Agreed agreeToReceive(Inbox inbox) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException(connection.peer() + " does not use this protocol");
        }
        requireRequest(PUT);
        String name = readText();
        long size = in.readLong();
        PartialFile file = begun(inbox, name, size);
        return () -> {
            try (file) {
                accept(file.size());
                receive(file, name, size);
                return new Transferred(file.name(), file.sha256Hex());
            }
        };
    }

    private SourceFile asked(ConfinedFolder root, String name, long offset) throws IOException {
        SourceFile file;
        try {
            file = root.open(name);
        } catch (IOException e) {
            throw refused(e);
        }
        if (offset < 0 || offset > file.size()) {
            file.close();
            throw refused(new IOException(file.name() + " has " + file.size() + " bytes, not " + offset + " and more"));
        }
        return file;
    }

    private PartialFile begun(Inbox inbox, String name, long size) throws IOException {
        PartialFile file;
        try {
            if (size < 0) {
                throw new IOException("a file of " + size + " bytes");
            }
            file = PartialFile.resume(inbox.target(name), connection::requirePeer);
        } catch (IOException e) {
            throw refused(e);
        }
        try {
            file.requireAllowed(size);
            if (file.size() > size) {
                throw new IOException(PeerText.printable(name) + ": " + file.temporaryName() + " has " + file.size()
                        + " bytes, more than " + size + ": delete it to start again");
            }
            return file;
        } catch (IOException e) {
            file.close();
            throw refused(e);
        }
    }

    // The hash of a whole file is computed on the way, or else taken from the cache: a peer may want no byte of it.
    private String serve(SourceFile file, long offset, HashCache hashes) throws IOException {
        try {
            String hash;
            if (offset == 0) {
                hash = Copier.send(file, 0, out);
                hashes.put(file, hash);
            } else {
                hash = hashes.of(file, connection::requirePeer);
                Copier.sendRest(file, offset, out);
            }
            out.write(HexFormat.of().parseHex(hash));
            readAnswer();
            return hash;
        } catch (IOException e) {
            throw saidBefore(e);
        }
    }

    private Transferred send(SourceFile file, long offset) throws IOException {
        try {
            String hash = Copier.send(file, offset, out);
            out.write(HexFormat.of().parseHex(hash));
            readReceipt();
            return new Transferred(file.name(), hash);
        } catch (IOException e) {
            throw saidBefore(e);
        }
    }

    // libsrt takes much of a file at once: a receiver that leaves without an answer did not receive everything.
    private void readReceipt() throws IOException {
        try {
            readAnswer();
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw connection.hasEnded() ? new PeerLeftException(connection.peer()) : e;
        }
    }

    // A receiver that cannot continue sends the reason and disconnects during the transfer.
    private IOException saidBefore(IOException failure) {
        if (!connection.hasEnded()) {
            return failure;
        }
        try {
            readAnswer();
            return failure;
        } catch (RefusedException refusal) {
            return refusal;
        } catch (IOException e) {
            return failure; // it said nothing
        }
    }

    private void receive(PartialFile file, String name, long size) throws IOException {
        if (size < file.size()) {
            throw new IOException(connection.peer() + " announces " + size + " bytes of " + PeerText.printable(name));
        }
        try {
            Copier.receive(connection.in(), file, name, size);
        } catch (FileSystemException e) {
            throw refused(e);
        } catch (IOException e) {
            throw file.broken(connection.peer(), e);
        }
        String wanted = HexFormat.of().formatHex(readHash(file));
        if (!file.sha256Hex().equals(wanted)) {
            String aside = file.setAside();
            throw refused(new IOException(PeerText.printable(name)
                    + " is not what was sent: SHA-256 differs; it is kept as " + aside + "; start again"));
        }
        try {
            file.commit();
        } catch (FileSystemException e) {
            throw refused(e);
        }
        answer("");
        connection.awaitDeliveredOrEnded();
    }

    private byte[] readHash(PartialFile file) throws IOException {
        byte[] hash = new byte[HASH_BYTES];
        try {
            in.readFully(hash);
            return hash;
        } catch (IOException e) {
            throw file.broken(connection.peer(), e);
        }
    }

    private void request(int operation, String name, long number) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream(); // one packet, or a peer may answer between two
        DataOutputStream fields = new DataOutputStream(request);
        fields.writeInt(MAGIC);
        fields.writeByte(operation);
        writeText(fields, name);
        fields.writeLong(number);
        out.write(request.toByteArray());
    }

    private void requireRequest(int operation) throws IOException {
        if (in.readUnsignedByte() != operation) {
            throw refused(new IOException("this side only " + (operation == GET ? "sends" : "receives") + " files"));
        }
    }

    private void answer(String failure) throws IOException {
        out.write(encoded(failure));
    }

    /** Answers in one packet: a peer may disconnect between two. */
    private void accept(long number) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(encoded(""));
        new DataOutputStream(answer).writeLong(number);
        out.write(answer.toByteArray());
    }

    private static byte[] encoded(String failure) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(answer);
        fields.writeByte(failure.isEmpty() ? 0 : 1);
        writeText(fields, failure);
        return answer.toByteArray();
    }

    private void readAnswer() throws IOException {
        int code = in.readUnsignedByte();
        if (code > 1) {
            throw new IOException(connection.peer() + " does not use this protocol; " + NEEDED);
        }
        String why = readText();
        if (code != 0) {
            throw new RefusedException(connection.peer() + " refuses: " + PeerText.printable(why));
        }
    }

    /** Sends the failure to the peer, waits until it has arrived, and returns the exception to throw. */
    private IOException refused(IOException cause) {
        String why = Failures.describe(cause);
        IOException refusal = new IOException("refused: " + why, cause);
        try {
            answer(why);
            connection.awaitDeliveredOrClosed();
        } catch (IOException e) {
            refusal.addSuppressed(e); // it does not want to know
        }
        return refusal;
    }

    private String readText() throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void writeText(DataOutputStream target, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeShort(bytes.length);
        target.write(bytes);
    }

    /** The peer said no. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }
}
