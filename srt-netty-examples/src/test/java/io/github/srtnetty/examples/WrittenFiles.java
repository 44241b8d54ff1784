// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** The texts of the repository that people write: neither results of a build nor files of git. */
final class WrittenFiles {
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private WrittenFiles() {}

    /** Returns the files with a suffix, as the path from the root to the text, in order. */
    static Map<String, String> endingIn(String suffix) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean isWritten = folder.equals(ROOT) || !name.startsWith(".") && !name.equals("target");
                return isWritten ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith(suffix)) {
                    texts.put(ROOT.relativize(file).toString(), Files.readString(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return texts;
    }
}
