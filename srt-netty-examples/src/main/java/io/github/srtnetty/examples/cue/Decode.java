// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.examples.cli.Version;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty scte35 decode}: prints cues. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "%nExamples:",
            "  srt-netty scte35 decode /DAWAAAAAAAAAP/wBQb+ABt4xwAAwhCGHw==",
            "  srt-netty scte35 decode in.m3u8 --format text"
        },
        description = {
            "Print cues given as base64, hexadecimal digits, an integer, JSON, XML, an HLS playlist,"
                    + " a DASH MPD or emsg boxes. Give them as arguments, in files, or on standard input (-)."
                    + " Lines are decoded one by one, documents as a whole."
        })
final class Decode implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "CUE|FILE|-", description = "cues, or files that contain them")
    private List<String> cues;

    @Option(
            names = "--from",
            paramLabel = "FORM",
            description = "form of the input: json, jsonl, xml, xml+bin, base64, hex, hls, dash or emsg (default:"
                    + " detected from the content)")
    private @Nullable CueFormat from;

    @Mixin
    private CuePrinter printer = new CuePrinter();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        printer.open(spec, OutputFormat.JSON);
        CueReport report = new CueReport(printer);
        new CueInput(from, report).read(cues);
        return report.code();
    }
}
