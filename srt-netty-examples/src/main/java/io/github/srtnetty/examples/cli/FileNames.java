// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of files in arguments. A slash at the end makes one the name of a folder, which {@link Path} does not keep. */
public final class FileNames {
    private static final String SLASH = "/";
    /** The JVM puts it in the place of bytes of an argument that it cannot decode. */
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
                    SecretMask.argument(text) + ": names a folder, by the / at its end; a file is needed");
        }
        return path(text);
    }

    static Path path(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("\"\": names no file");
        }
        if (text.indexOf(NOT_READ) >= 0) {
            throw new IllegalArgumentException(SecretMask.argument(text)
                    + ": has bytes that are no UTF-8, and Java cannot open such a file: rename it, use standard input"
                    + " or output, or set LC_ALL=C.UTF-8 where the locale has another encoding");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(SecretMask.argument(text) + ": no file can have this name", e);
        }
    }

    /** Lets picocli take the name of a file. */
    public static final class FileConverter implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            return converted(text, () -> file(text));
        }
    }

    /** Lets picocli take the name of a file or of a folder that is there. */
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
