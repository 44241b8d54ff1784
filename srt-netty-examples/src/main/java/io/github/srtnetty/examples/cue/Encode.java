// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.json.Scte35Json;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty scte35 encode}: makes a cue of JSON. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Print as base64 the cue that JSON describes, in the shape that decode prints; - reads standard input.")
final class Encode implements Callable<Integer> {
    @Parameters(
            paramLabel = "JSON|-",
            description = "for example '{\"command\":{\"name\":\"time_signal\",\"pts_time\":10.0}}'")
    private String json;

    @Option(names = "--hex", description = "print hexadecimal digits instead")
    private boolean hex;

    @Override
    public Integer call() throws IOException {
        String text = json.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : json;
        SpliceInfoSection cue = parse(text);
        StandardStreams.println(hex ? cue.toHex() : cue.toBase64());
        return 0;
    }

    private static SpliceInfoSection parse(String text) throws IOException {
        try {
            return Scte35Json.parse(text.replace("\uFEFF", ""));
        } catch (MalformedDataException | IllegalArgumentException e) {
            throw Failures.because("no cue", e);
        }
    }
}
