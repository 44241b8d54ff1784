// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.examples.cli.Fingerprint;
import io.github.srtnetty.libsrt.PeerText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies the bytes of a file in blocks, hashes them, and shows the progress. */
final class Copier {
    private static final int BLOCK_BYTES = 64 << 10;

    private Copier() {}

    /** Sends a file without its first {@code offset} bytes; returns the SHA-256 of the complete file. */
    static String send(SourceFile file, long offset, OutputStream out) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        byte[] block = new byte[BLOCK_BYTES];
        try (Progress progress = new Progress(file.name(), offset, file.size())) {
            while (fingerprint.bytes() < file.size()) {
                long done = fingerprint.bytes();
                long end = done < offset ? offset : file.size(); // a block never has bytes of both sides
                int count = file.read(block, 0, (int) Math.min(block.length, end - done));
                if (count < 0) {
                    throw new EOFException(PeerText.printable(file.name()) + " became shorter while it was sent");
                }
                fingerprint.add(block, 0, count);
                if (done >= offset) {
                    out.write(block, 0, count);
                    progress.at(fingerprint.bytes());
                }
            }
            progress.end(file.size());
        }
        return fingerprint.sha256Hex();
    }

    /** Sends a file from an offset, without computing a hash. */
    static void sendRest(SourceFile file, long offset, OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        file.seek(offset);
        try (Progress progress = new Progress(file.name(), offset, file.size())) {
            long done = offset;
            while (done < file.size()) {
                int count = file.read(block, 0, (int) Math.min(block.length, file.size() - done));
                if (count < 0) {
                    throw new EOFException(PeerText.printable(file.name()) + " became shorter while it was sent");
                }
                out.write(block, 0, count);
                done += count;
                progress.at(done);
            }
            progress.end(done);
        }
    }

    /** Receives until the end of the stream. */
    static void receiveAll(InputStream in, PartialFile file, String name) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        try (Progress progress = new Progress(name, file.size(), Progress.UNKNOWN)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                file.write(block, 0, count);
                progress.at(file.size());
            }
            progress.end(file.size());
        }
    }

    /** Receives the missing bytes up to this size. */
    static void receive(InputStream in, PartialFile file, String name, long size) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        try (Progress progress = new Progress(name, file.size(), size)) {
            while (file.size() < size) {
                int count = in.read(block, 0, (int) Math.min(block.length, size - file.size()));
                if (count < 0) {
                    throw new EOFException("the connection ended after " + file.size() + " of " + size + " bytes");
                }
                file.write(block, 0, count);
                progress.at(file.size());
            }
            progress.end(size);
        }
    }
}
