// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.Terminal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of the commands that print cues, and the printing. */
final class CuePrinter {
    @Option(
            names = "--format",
            paramLabel = "FORM",
            description = "form of the output: json, jsonl (one cue per line), xml, xml+bin, base64, hex, hls"
                    + " (playlist tags), dash (an EventStream), emsg (binary boxes) or text (for people)"
                    + " (default: json; for encode: base64)")
    private @Nullable OutputFormat format;

    @Mixin
    private CueJson json = new CueJson();

    @Mixin
    private HlsTags hls = new HlsTags();

    private @Nullable CueOutput output;

    /** Returns whether a form was requested. */
    boolean hasFormat() {
        return format != null;
    }

    /** Prepares to print; ends the command if the form is binary and the output is a terminal. */
    void open(CommandSpec command, OutputFormat otherwise) {
        OutputFormat chosen = format == null ? otherwise : format;
        CueOutput opened = chosen.open(json, hls);
        Arguments.require(
                command,
                !opened.isBinary() || !Terminal.isOutput(),
                "--format " + chosen + " is binary, and standard output is a terminal: write it to a file or a pipe");
        output = opened;
    }

    void print(SpliceInfoSection section) throws IOException {
        StandardStreams.write(opened().ofSection().apply(section));
    }

    void print(Scte35Cue cue) throws IOException {
        StandardStreams.write(opened().ofCue().apply(cue));
    }

    private CueOutput opened() {
        if (output == null) {
            throw new IllegalStateException("not opened");
        }
        return output;
    }
}
