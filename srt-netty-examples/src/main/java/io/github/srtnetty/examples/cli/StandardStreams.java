// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Opens files, pipes and devices, or standard input and output if no file is given. Lines are UTF-8, whatever the
 * locale is.
 */
public final class StandardStreams {
    private static final PrintStream LINES =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    private StandardStreams() {}

    /**
     * Returns the name of a standard stream that was closed when the process started, null where all are open. Its
     * number then belongs to the first file that the JVM opened, which would be read or overwritten in its place.
     */
    public static @Nullable String closed() {
        for (int number : new int[] {Descriptors.ERRORS, Descriptors.INPUT, Descriptors.OUTPUT}) {
            if (!InheritedDescriptors.contain(number)) {
                return Descriptors.name(number);
            }
        }
        return null;
    }

    /** Returns whether a path names standard input, as {@code /dev/stdin} does, also through links. */
    public static boolean isInput(Path file) {
        return Descriptors.numberOf(file) == Descriptors.INPUT;
    }

    /** Returns whether a path names standard output. */
    public static boolean isOutput(Path file) {
        return Descriptors.numberOf(file) == Descriptors.OUTPUT;
    }

    /**
     * Returns whether a file already has its bytes; a pipe or a device delivers them over time and may block at first.
     */
    public static boolean isStored(@Nullable Path file) {
        try {
            FileKind kind = file == null || isInput(file) ? FileKind.PIPE : FileKind.of(file);
            return kind != FileKind.PIPE && kind != FileKind.DEVICE;
        } catch (IOException e) {
            return true; // opening it fails with the reason
        }
    }

    /**
     * Opens a file, standard input where it is null; not buffered. Read errors name the file. Opening a pipe blocks
     * until another process opens it for writing.
     *
     * @throws FileSystemException for a folder or a socket, too
     */
    public static InputStream input(@Nullable Path file) throws IOException {
        int number = file == null ? Descriptors.INPUT : Descriptors.numberOf(file);
        if (file == null || number == Descriptors.INPUT) {
            return new NamedInput(new FileInputStream(FileDescriptor.in), name(null, "input"));
        }
        if (number != Descriptors.NONE) {
            InheritedDescriptors.require(file, number);
        }
        switch (FileKind.of(file)) {
            case FOLDER -> throw new FileSystemException(file.toString(), null, "is a folder, not a file");
            case SOCKET -> throw new FileSystemException(file.toString(), null, "is a socket, not a file");
            default -> {
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                return new NamedInput(new ForwardInput(channel), name(file, "input"));
            }
        }
    }

    /**
     * Opens a file to write, standard output where it is null; not buffered. A file that is there stays as it is until
     * the first byte, see {@link OutputFile}. One that a descriptor names is appended to.
     *
     * @throws FileSystemException when it cannot be written
     */
    public static OutputStream output(@Nullable Path file) throws IOException {
        int number = file == null ? Descriptors.OUTPUT : Descriptors.numberOf(file);
        if (file == null || number == Descriptors.OUTPUT) {
            return standardOutput();
        }
        if (number == Descriptors.NONE) {
            return OutputFile.replacing(file);
        }
        if (number == Descriptors.ERRORS) {
            return new FileOutputStream(FileDescriptor.err);
        }
        InheritedDescriptors.require(file, number);
        return OutputFile.ofDescriptor(file, number);
    }

    /** Returns the name of an input or output in an error message. */
    public static String name(@Nullable Path file, String standard) {
        return file == null ? "standard " + standard : file.toString();
    }

    /** Prints a line of data to standard output. Any thread. */
    public static void println(String line) throws IOException {
        println(line, new byte[0]);
    }

    /** Prints a line of data to standard output: a text, and bytes behind it as they are. Any thread. */
    public static void println(String text, byte[] rest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(text.length() + rest.length + 1);
        line.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        line.writeBytes(rest);
        line.writeBytes(System.lineSeparator().getBytes(StandardCharsets.UTF_8));
        write(line.toByteArray());
    }

    /** Writes data to standard output as it is. Any thread. */
    public static void write(byte[] data) throws IOException {
        LINES.write(data, 0, data.length);
        LINES.flush();
        if (LINES.checkError()) {
            throw new IOException("cannot write to standard output: its reader has closed it, or its disk is full");
        }
    }

    /** Locks the file to which it is redirected, so no other program replaces it; several may append to one file. */
    private static OutputStream standardOutput() {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try {
            if (FileKind.of(Descriptors.FOLDER.resolve(Integer.toString(Descriptors.OUTPUT))) == FileKind.REGULAR) {
                out.getChannel().tryLock();
            }
        } catch (IOException | OverlappingFileLockException e) {
            return out; // without a lock
        }
        return out;
    }
}
