// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.json.JsonLayout;
import io.github.srtnetty.codec.scte35.json.Scte35Json;
import io.github.srtnetty.codec.scte35.json.ThreefiveJson;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The form of the JSON output: every byte of a cue, or as another program prints it. */
final class CueJson {
    @Option(
            names = "--compat",
            paramLabel = "PROGRAM",
            description = "print the JSON of this program: threefive, which cannot represent some cues; they are"
                    + " reported on standard error (default: the JSON of srt-netty)")
    private Program compat = Program.NONE;

    private final Scte35Json complete = new Scte35Json();
    private final ThreefiveJson threefive = new ThreefiveJson();

    /** A program whose JSON is known. */
    enum Program {
        NONE,
        THREEFIVE
    }

    CueOutput output(JsonLayout layout) {
        return CueOutput.ofLines(
                section -> layout.print(out -> write(section, out)) + '\n',
                cue -> layout.print(out -> write(cue, out)) + '\n');
    }

    private void write(SpliceInfoSection section, JsonGenerator out) throws IOException {
        if (compat == Program.THREEFIVE) {
            reportLoss(section);
            threefive.write(section, out);
        } else {
            complete.write(section, out);
        }
    }

    private void write(Scte35Cue cue, JsonGenerator out) throws IOException {
        if (compat == Program.THREEFIVE) {
            reportLoss(cue.section());
            threefive.write(cue, out);
        } else {
            complete.write(cue, out);
        }
    }

    private void reportLoss(SpliceInfoSection section) {
        Optional<String> loss = threefive.lossOf(section);
        if (loss.isPresent()) {
            System.err.println("srt-netty: the JSON of threefive cannot represent the"
                    + " cue " + section.toBase64() + ": "
                    + loss.get());
        }
    }
}
