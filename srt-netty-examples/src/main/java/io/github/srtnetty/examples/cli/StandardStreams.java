// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files, and standard input and output where there is no file. Lines are UTF-8, whatever the locale is. */
public final class StandardStreams {
    private static final PrintStream LINES =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    private StandardStreams() {}

    /**
     * Opens a file, standard input where it is null; not buffered. When it cannot be read, it says its name.
     *
     * @throws FileSystemException for a folder too, which Java would open
     */
    public static InputStream input(@Nullable Path file) throws IOException {
        if (file == null) {
            return new NamedInput(new FileInputStream(FileDescriptor.in), name(file, "input"));
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder, not a file");
        }
        return new NamedInput(Files.newInputStream(file), name(file, "input"));
    }

    /** Opens a file to write, standard output where it is null; not buffered. */
    public static OutputStream output(@Nullable Path file) throws IOException {
        return file == null ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(file);
    }

    /** Returns how an error says where it was written or read. */
    public static String name(@Nullable Path file, String standard) {
        return file == null ? "standard " + standard : file.toString();
    }

    /** Prints a line of data to standard output. Any thread. */
    public static void println(String line) throws IOException {
        LINES.print(line + System.lineSeparator());
        if (LINES.checkError()) {
            throw new IOException("cannot write to standard output: who reads it has closed it, or its disk is full");
        }
    }
}
