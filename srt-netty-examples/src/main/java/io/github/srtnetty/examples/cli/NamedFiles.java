// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command names, by whatever option, and the standard streams that it uses. An output may be named
 * only once, by any path: writing would destroy an input or mix two outputs. Existing files are compared by device and
 * inode, others by their folder and name; devices and sockets may be named again.
 */
public final class NamedFiles {
    private static final Pattern PASSPHRASE_FILE = Pattern.compile("[?&]passphrase=file:([^&]+)");

    private record Named(String shown, Object identity, boolean written) {}

    private final List<Named> all = new ArrayList<>();

    /** Creates a list with the files of passphrases that these arguments name. */
    public NamedFiles(List<String> arguments) {
        for (String argument : arguments) {
            Matcher passphrase = PASSPHRASE_FILE.matcher(argument);
            while (passphrase.find()) {
                addPassphrase(passphrase.group(1));
            }
        }
    }

    /**
     * Adds a file that is read, standard input where it is null.
     *
     * @throws IllegalArgumentException when the command writes it, too
     */
    public void reads(@Nullable Path file) {
        Path path = file == null ? descriptor(Descriptors.INPUT) : file;
        requireOpenedFor(path, false);
        add(StandardStreams.name(file, "input"), path, false);
    }

    /**
     * Adds a file that is written, standard output where it is null.
     *
     * @throws IllegalArgumentException when the command reads or writes it already
     */
    public void writes(@Nullable Path file) {
        Path path = file == null ? descriptor(Descriptors.OUTPUT) : file;
        requireOpenedFor(path, true);
        add(StandardStreams.name(file, "output"), path, true);
    }

    /**
     * Fails for the path of a descriptor of the other direction. Linux would reopen its file or the other end of its
     * pipe, and then read what is written or wait forever.
     */
    private static void requireOpenedFor(Path file, boolean writing) {
        int number = Descriptors.numberOf(file);
        boolean against = writing
                ? number == Descriptors.INPUT || InheritedDescriptors.isReadOnly(number)
                : number == Descriptors.OUTPUT
                        || number == Descriptors.ERRORS
                        || InheritedDescriptors.isWriteOnly(number);
        if (number != Descriptors.NONE && against && InheritedDescriptors.contain(number)) {
            String name = Descriptors.name(number);
            throw new IllegalArgumentException(file + ": is " + (name == null ? "a descriptor" : name)
                    + ", which is only " + (writing ? "read, not written" : "written, not read"));
        }
    }

    private void addPassphrase(String file) {
        try {
            reads(Path.of(file));
        } catch (InvalidPathException e) {
            return; // the address is refused for it
        }
    }

    private void add(String shown, Path file, boolean written) {
        Object identity = identity(file);
        if (identity == null) {
            return;
        }
        for (Named other : all) {
            if (other.identity.equals(identity) && (written || other.written)) {
                String also = other.shown.equals(shown) ? "" : ", also as " + other.shown;
                throw new IllegalArgumentException(shown + ": is named twice" + also);
            }
        }
        all.add(new Named(shown, identity, written));
    }

    /** Returns what two names of one file have in common; null where it does not matter, or opening it fails. */
    private static @Nullable Object identity(Path file) {
        try {
            return switch (FileKind.of(file)) {
                case REGULAR, PIPE -> OpenFiles.keyOf(file);
                case MISSING -> whereItWillBe(file);
                default -> null;
            };
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Path whereItWillBe(Path file) throws IOException {
        Path at = Links.end(file);
        Path folder = at.getParent();
        Path name = at.getFileName();
        return folder == null || name == null ? null : folder.toRealPath().resolve(name);
    }

    private static Path descriptor(int number) {
        return Descriptors.FOLDER.resolve(Integer.toString(number));
    }
}
