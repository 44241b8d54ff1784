// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Names of files in arguments. A slash at the end makes it the name of a folder; {@link Path} does not keep the slash.
 */
public final class FileNames {
    private static final String SLASH = "/";
    /** The JVM replaces bytes of an argument that it cannot decode by this character. */
    private static final char NOT_READ = '\uFFFD';

    private FileNames() {}

    /**
     * Returns the path of a file.
     *
     * @throws IllegalArgumentException when no file can have this name, in one line
     */
    public static Path file(String text) {
        if (text.endsWith(SLASH)) {
            throw new IllegalArgumentException(
                    SecretMask.argument(text) + ": names a folder because it ends with /; a file is needed");
        }
        return path(text);
    }

    static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("\"\": names no file");
        }
        if (text.indexOf(NOT_READ) >= 0) {
            throw new IllegalArgumentException(SecretMask.argument(text)
                    + ": has bytes that are not UTF-8, so Java cannot open the file: rename it, use"
                    + " standard input or output, or set LC_ALL=C.UTF-8 if the locale has another encoding");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(SecretMask.argument(text) + ": no file can have this name", e);
        }
    }

    /** Converts the name of a file for picocli. */
    public static final class FileConverter implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            return converted(text, () -> file(text));
        }
    }

    /** Converts the name of a file or of an existing folder for picocli. */
    public static final class FileOrFolderConverter implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            Path path = converted(text, () -> path(text));
            if (text.endsWith(SLASH) && !Files.isDirectory(path)) {
                throw new TypeConversionException(SecretMask.argument(text) + ": there is no such folder");
            }
            return path;
        }
    }

    private static Path converted(String text, Supplier<Path> parser) {
        if (text.isEmpty()) {
            throw new TypeConversionException("names no file"); // the message has the argument before it
        }
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
