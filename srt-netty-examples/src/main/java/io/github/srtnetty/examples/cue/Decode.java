// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.DecodeOptions;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.libsrt.PeerText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code srt-netty scte35 decode}: what a cue says. */
@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Print cues that are given as base64, hexadecimal digits or an integer, alone or in a line of HLS or"
                        + " DASH; - reads one a line from standard input.")
final class Decode implements Callable<Integer> {
    private static final int SHOWN = 48;

    @Parameters(arity = "1..*", paramLabel = "CUE|-", description = "the cues")
    private List<String> cues;

    @Option(
            names = "--format",
            defaultValue = "JSON",
            description = "json, jsonl (a cue a line) or text; json if not given")
    private CueFormat format;

    @Mixin
    private CueJson json = new CueJson();

    private boolean failed;

    @Override
    public Integer call() throws IOException {
        if (cues.size() > 1 && cues.stream().allMatch(part -> part.matches("(0[xX])?[0-9a-fA-F]{2}"))) {
            print(String.join(" ", cues)); // the bytes of one cue
            return failed ? ExitCode.SOFTWARE : ExitCode.OK;
        }
        for (String cue : cues) {
            if (cue.equals("-")) {
                printLines();
            } else {
                print(cue);
            }
        }
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void printLines() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank()) {
                print(line.strip());
            }
        }
    }

    private void print(String cue) throws IOException {
        try {
            StandardStreams.println(format.print(SpliceInfoSection.fromText(cue, DecodeOptions.STRICT), json));
        } catch (MalformedDataException e) {
            failed = true;
            System.err.println("srt-netty: " + shown(cue) + ": " + Failures.describe(e));
        }
    }

    /** Enough of a cue to find it in a list. */
    private static String shown(String cue) {
        String begin = cue.length() <= SHOWN ? cue : cue.substring(0, SHOWN) + "...";
        return begin.isBlank() ? '"' + begin + '"' : PeerText.printable(begin);
    }
}
