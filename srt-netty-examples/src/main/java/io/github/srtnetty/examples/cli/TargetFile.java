// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The output file of a command, {@code -} for standard output, with the checks that all commands need. */
public final class TargetFile {
    private static final String STANDARD_OUTPUT = "-";

    private TargetFile() {}

    /**
     * Opens the file; not buffered. An old file stays as it is until the first byte.
     *
     * @throws picocli.CommandLine.ParameterException when the name is wrong, a terminal, or a file that is read as well
     * @throws IOException when it cannot be written
     */
    public static OutputStream open(CommandSpec spec, String name, @Nullable Path... inputs) throws IOException {
        Path file = Arguments.parsed(spec, () -> path(name));
        Arguments.require(
                spec,
                file != null || !Terminal.isOutput(),
                "standard output is a terminal, which cannot show a stream: name a file, or pipe it to a program");
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            for (@Nullable Path input : inputs) {
                files.reads(input);
            }
            files.writes(file);
            return files;
        });
        try {
            return StandardStreams.output(file);
        } catch (IOException e) {
            throw Failures.because("cannot write " + file, e);
        }
    }

    private static @Nullable Path path(String name) {
        Path file = name.equals(STANDARD_OUTPUT) ? null : FileNames.file(name);
        return file == null || StandardStreams.isOutput(file) ? null : file;
    }
}
