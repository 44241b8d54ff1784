// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.config;

import io.github.srtnetty.libsrt.PeerText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A secret as a configuration has it: {@code file:PATH}, {@code env:NAME}, {@code text:} and the secret, or the secret.
 * No message contains the secret.
 */
final class SecretReference {
    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final String TEXT = "text:";
    /** A longer file is not the intended one. */
    private static final int LONGEST_FILE = 1024;

    private SecretReference() {}

    /** Returns the secret in the text itself, null if the text names a file or a variable. */
    static @Nullable String literal(String text) {
        if (text.startsWith(FILE) || text.startsWith(ENVIRONMENT)) {
            return null;
        }
        return text.startsWith(TEXT) ? text.substring(TEXT.length()) : text;
    }

    /**
     * Returns the secret that a text has or names.
     *
     * @param folder where relative paths begin
     * @throws IOException in one line without the secret
     */
    static String read(String text, Path folder) throws IOException {
        if (text.startsWith(FILE)) {
            return content(text.substring(FILE.length()), folder);
        }
        if (text.startsWith(ENVIRONMENT)) {
            String name = text.substring(ENVIRONMENT.length());
            String value = System.getenv(name);
            if (value == null) {
                throw new IOException("the environment variable \"" + PeerText.printable(name) + "\" is not set");
            }
            return value;
        }
        return text.startsWith(TEXT) ? text.substring(TEXT.length()) : text;
    }

    /** Returns the content of a file with one line, without its end. */
    private static String content(String name, Path folder) throws IOException {
        String file = "the file \"" + PeerText.printable(name) + "\"";
        byte[] bytes;
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            bytes = in.readNBytes(LONGEST_FILE + 1);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " cannot be read: permission denied", e);
        } catch (IOException | InvalidPathException e) {
            throw new IOException(file + " cannot be read", e);
        }
        if (bytes.length > LONGEST_FILE) {
            throw new IOException(file + " is longer than " + LONGEST_FILE + " bytes");
        }
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replaceFirst("\\r?\\n$", "");
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8", e);
        }
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IOException(file + " has more than one line, or control characters");
        }
        return line;
    }
}
