// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.bootstrap;

import io.github.srtnetty.libsrt.PeerText;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
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
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code passphrase=}: the passphrase itself, {@code text:} followed by the passphrase, {@code file:PATH}
 * or {@code env:NAME}.
 *
 * @param value the passphrase, not empty
 * @param reference the source, {@code file:PATH} or {@code env:NAME}; null if the passphrase is in the address
 */
record SrtPassphrase(String value, @Nullable String reference) {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(SrtPassphrase.class);
    /** The text that replaces a secret in logs, messages and pages. */
    static final String MASK = "***";

    private static final String FILE = "file:";
    private static final String ENVIRONMENT = "env:";
    private static final String TEXT = "text:";
    /** The largest file in bytes. A passphrase has at most 80 bytes, so a larger file is the wrong one. */
    private static final int LONGEST_FILE = 1024;

    /** Returns whether a value names a file or a variable. */
    static boolean isReference(String value) {
        return value.startsWith(FILE) || value.startsWith(ENVIRONMENT);
    }

    /**
     * Reads the passphrase from the file or the environment variable that a value names, or from the value itself.
     *
     * @throws IllegalArgumentException with a message of one line, when there is no passphrase
     */
    static SrtPassphrase read(String value) {
        SrtPassphrase passphrase = value.startsWith(FILE)
                ? new SrtPassphrase(content(value.substring(FILE.length())), value)
                : value.startsWith(ENVIRONMENT)
                        ? new SrtPassphrase(variable(value.substring(ENVIRONMENT.length())), value)
                        : new SrtPassphrase(value.startsWith(TEXT) ? value.substring(TEXT.length()) : value, null);
        if (passphrase.value.isEmpty()) {
            throw new IllegalArgumentException(
                    passphrase.reference == null
                            ? "is empty; omit the key for a connection without encryption"
                            : passphrase.reference + " is empty");
        }
        return passphrase;
    }

    /**
     * Reads a value that must not name a file or a variable.
     *
     * @throws IllegalArgumentException with a message of one line, when it does or is empty
     */
    static SrtPassphrase literal(String value) {
        if (isReference(value)) {
            throw new IllegalArgumentException("file: and env: are not allowed here");
        }
        return read(value);
    }

    /** Returns the value from which {@link #read} reads this passphrase again. */
    String text() {
        if (reference != null) {
            return reference;
        }
        return isReference(value) || value.startsWith(TEXT) ? TEXT + value : value;
    }

    /** Returns the reference, or a mask. */
    @Override
    public String toString() {
        return reference != null ? reference : MASK;
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment variable \"" + name + "\" is not set");
        }
        if (value.indexOf('\uFFFD') >= 0) { // Java's replacement for bytes that are not characters of the locale
            throw new IllegalArgumentException("the environment variable \"" + name
                    + "\" has bytes that are not characters of this locale; set LC_ALL=C.UTF-8, or use file:");
        }
        return value;
    }

    private static String content(String name) {
        byte[] bytes;
        try (InputStream file = Files.newInputStream(Path.of(name))) {
            bytes = file.readNBytes(LONGEST_FILE + 1);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("cannot read the file \"" + name + "\": " + reason(e), e);
        }
        if (bytes.length > LONGEST_FILE) {
            throw new IllegalArgumentException(
                    "the file \"" + name + "\" is too large: a passphrase has at most 80 bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file \"" + name + "\" is not UTF-8", e);
        }
        String line = text.replaceFirst("\\r?\\n$", "");
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the file \"" + name + "\" has more than one line, or control characters");
        }
        warnIfOthersMayRead(name);
        return line;
    }

    private static String reason(Exception failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static void warnIfOthersMayRead(String name) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                LOGGER.warn(
                        "every user of this host can read the passphrase in {}: chmod o-r {}",
                        PeerText.printable(name),
                        PeerText.printable(name));
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOGGER.debug("cannot read the permissions of the passphrase file {}", PeerText.printable(name), e);
        }
    }
}
