// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and its key, as read from their files.
 *
 * @param certificate the file with the chain, in PEM
 * @param key the file with the private key, PKCS#8 in PEM, not encrypted
 * @param stamps of both files when they were read; different ones mean that they were replaced
 * @param context for connections
 */
public record TlsContext(Path certificate, Path key, List<Object> stamps, SslContext context) {
    /** A certificate chain has some kilobytes; a device without an end is not one. */
    private static final int MOST_BYTES = 1 << 20;

    /**
     * Reads the files.
     *
     * @throws IOException with the files and the reason, without their content
     */
    public static TlsContext read(Path certificate, Path key) throws IOException {
        List<Object> stamps = stamps(certificate, key);
        try {
            SslContext context = SslContextBuilder.forServer(content(certificate), content(key))
                    .sslProvider(SslProvider.JDK)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
            return new TlsContext(certificate, key, stamps, context);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    "cannot use certificate " + certificate + " with key " + key
                            + ": both must be PEM, the key PKCS#8 and not encrypted",
                    e);
        }
    }

    /** Returns whether the file names have changed, or the files were replaced. */
    public boolean isOutdated(Path newCertificate, Path newKey) {
        try {
            return !newCertificate.equals(certificate)
                    || !newKey.equals(key)
                    || !stamps(certificate, key).equals(stamps);
        } catch (IOException e) {
            return true; // reading them gives the reason
        }
    }

    private static InputStream content(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MOST_BYTES + 1);
        }
        if (content.length > MOST_BYTES) {
            throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
        }
        return new ByteArrayInputStream(content);
    }

    private static List<Object> stamps(Path certificate, Path key) throws IOException {
        return List.of(stamp(certificate), stamp(key));
    }

    private static List<Object> stamp(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            @Nullable Object inode = attributes.fileKey();
            return List.of(attributes.lastModifiedTime(), attributes.size(), inode == null ? "" : inode);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
    }
}
