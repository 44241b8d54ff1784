// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.examples.cli.Arguments;
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

/** {@code srt-netty scte35 encode}: makes a cue from JSON, XML or another form. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "%nExamples:",
            "  srt-netty scte35 encode '{\"command\":{\"name\":\"time_signal\",\"pts_time\":10.0}}'",
            "  srt-netty scte35 encode cue.xml --format hex"
        },
        description = {
            "Print cues as base64. The input is JSON in the shape that decode prints, XML or any"
                    + " other form that decode reads. Give it as arguments, in files, or on standard input (-)."
        })
final class Encode implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "JSON|FILE|-",
            description = "cues, or files that contain them, for example"
                    + " '{\"command\":{\"name\":\"time_signal\",\"pts_time\":10.0}}'")
    private List<String> cues;

    @Option(
            names = "--from",
            paramLabel = "FORM",
            description = "form of the input: json, jsonl, xml, xml+bin, base64, hex, hls, dash or emsg (default:"
                    + " detected from the content)")
    private @Nullable CueFormat from;

    @Option(names = "--hex", description = "print hexadecimal digits, like --format hex")
    private boolean hex;

    @Mixin
    private CuePrinter printer = new CuePrinter();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, !hex || !printer.hasFormat(), "--hex and --format exclude each other");
        printer.open(spec, hex ? OutputFormat.HEX : OutputFormat.BASE64);
        CueReport report = new CueReport(printer);
        new CueInput(from, report).read(cues);
        return report.code();
    }
}
