// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.libsrt.PeerText;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Rules for the names that peers give to files. They check only the text, never a disk. */
final class PeerName {
    private PeerName() {}

    /** Returns why no file may have this name, null where one may. */
    static @Nullable String refusal(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            return "is not a file name";
        }
        if (name.endsWith("/") || name.endsWith("/.")) {
            return "names a folder";
        }
        Path inside = path.normalize();
        if (name.isEmpty() || inside.toString().isEmpty()) {
            return "names no file";
        }
        if (path.isAbsolute() || inside.startsWith("..")) {
            return "is outside the folder";
        }
        for (Path component : inside) {
            if (component.toString().startsWith(".")) {
                return "begins with a dot";
            }
        }
        return null;
    }

    /**
     * Fails where no peer may write a file of this name; besides, names that end in {@code .part} are those of other
     * programs' unfinished files.
     */
    static void requireWritable(String name) throws FileSystemException {
        String refusal = refusal(name);
        if (refusal == null && name.endsWith(".part")) {
            refusal = "is the name of a partial file";
        }
        if (refusal != null) {
            throw new FileSystemException(name.isEmpty() ? "\"\"" : PeerText.printable(name), null, refusal);
        }
    }
}
