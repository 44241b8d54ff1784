// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Distinguishes descriptors that the process was started with from those that the JVM has opened since. */
final class InheritedDescriptors {
    /** Linux only. */
    private static final Path INFO = Path.of("/proc/self/fdinfo");

    private static final String FLAGS = "flags:";
    private static final int OCTAL = 8;
    /** O_CLOEXEC of Linux, which an inherited descriptor cannot have; the JVM sets it on most of its files. */
    private static final long CLOSED_BY_EXEC = 02000000;

    private static final long ACCESS = 03; // O_ACCMODE
    private static final long READ_ONLY = 0;
    private static final long WRITE_ONLY = 1;

    private InheritedDescriptors() {}

    /**
     * Returns whether a descriptor is open and was open when the process started; otherwise its number may belong
     * to a file of the JVM. Standard output and error must also be writable. Without {@code /proc}, every descriptor
     * counts.
     */
    static boolean contain(int number) {
        if (!Files.isDirectory(INFO)) {
            return true;
        }
        try {
            long flags = flags(number);
            boolean isOutput = number == Descriptors.OUTPUT || number == Descriptors.ERRORS;
            return (flags & CLOSED_BY_EXEC) == 0 && !(isOutput && (flags & ACCESS) == READ_ONLY) && !isOfJvm(number);
        } catch (IOException e) {
            return false; // it is closed
        }
    }

    /**
     * Fails for a path that names a descriptor of the JVM, or a closed one.
     *
     * @throws FileSystemException with the reason
     */
    static void require(Path file, int number) throws FileSystemException {
        if (!contain(number)) {
            throw new FileSystemException(file.toString(), null, "no such descriptor was open at the start");
        }
    }

    /** Returns whether a descriptor is open for reading only; false if unknown. */
    static boolean isReadOnly(int number) {
        return hasAccess(number, READ_ONLY);
    }

    /** Returns whether a descriptor is open for writing only; false if unknown. */
    static boolean isWriteOnly(int number) {
        return hasAccess(number, WRITE_ONLY);
    }

    private static boolean hasAccess(int number, long access) {
        try {
            return number != Descriptors.NONE && Files.isDirectory(INFO) && (flags(number) & ACCESS) == access;
        } catch (IOException e) {
            return false; // it is closed, which is reported when it is opened
        }
    }

    private static long flags(int number) throws IOException {
        for (String line : Files.readAllLines(INFO.resolve(Integer.toString(number)))) {
            if (line.startsWith(FLAGS)) {
                return Long.parseLong(line.substring(FLAGS.length()).strip(), OCTAL);
            }
        }
        throw new IOException("no flags of descriptor " + number);
    }

    /**
     * Returns whether the JVM has opened it: a file of the JDK or of the class path. When the user redirects one of
     * those, the JVM has it open a second time.
     */
    private static boolean isOfJvm(int number) throws IOException {
        Path file = Descriptors.FOLDER.resolve(Integer.toString(number));
        if (FileKind.of(file) != FileKind.REGULAR) {
            return false;
        }
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) { // it was deleted, or lies outside of this root
            return false;
        }
        boolean isKnown =
                real.startsWith(Path.of(System.getProperty("java.home")).toRealPath());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            isKnown |= real.equals(Path.of(entry).toAbsolutePath().normalize());
        }
        return isKnown && !OpenFiles.isOpen(file, number);
    }
}
