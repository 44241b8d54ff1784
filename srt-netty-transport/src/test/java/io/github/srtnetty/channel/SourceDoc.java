// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first lines of Javadoc of constants, read from their sources: the meanings in the reference pages. */
final class SourceDoc {
    private final String source;

    /** Reads a source file; the path leads from the root of the project. */
    SourceDoc(String path) {
        try {
            source = Files.readString(root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the root of the project; tests run in their module's directory. */
    static Path root() {
        return Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    }

    /** Returns the Javadoc of one line above the constant, as text of Markdown. */
    String of(String constant) {
        Pattern declaration = Pattern.compile("/\\*\\* ([^\\n]*) \\*/\\n +(?:public static final [\\w<>]+ )?"
                + Pattern.quote(constant) + "(?: =|\\()");
        Matcher found = declaration.matcher(source);
        if (!found.find()) {
            throw new AssertionError(constant + " has no Javadoc of one line");
        }
        return found.group(1)
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
                .replaceAll("\\bSRTO_\\w+", "`$0`")
                .replace("|", "\\|");
    }
}
