// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.mpegts.Timestamp;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.TargetFile;
import io.github.srtnetty.examples.cli.Version;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty scte35 inject}: copies a transport stream and puts a cue into it. */
@Command(
        name = "inject",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "%nExamples:",
            "  srt-netty scte35 inject in.ts out.ts --at 2 --in 4 --break 30",
            "  srt-netty scte35 inject in.ts - --pid 0x102 --event 77 > out.ts"
        },
        description = {
            "Copy a transport stream of 188-byte packets and insert one cue at a given time of the"
                    + " stream's clock (PTS): a splice_insert that leaves the network, or the cue of --cue."
                    + " For a live stream, use pipes: srt-netty receive URI | srt-netty scte35 inject - - |"
                    + " srt-netty send - URI",
            "The PMT of the first program announces the PID of the cue; all other packets stay unchanged."
        })
final class Inject implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";
    private static final long LAST_EVENT = 0xFFFF_FFFFL;
    private static final int FIRST_PID = 0x10; // those below are of tables, and the last one of null packets
    private static final int LAST_PID = 0x1FFE;
    /** A PTS of 33 bits that is further away would be in the past. */
    private static final long MOST_SECONDS = Timestamp.PTS_MODULUS / 2 / Timestamp.PTS_HZ;
    /** The longest break_duration of 33 bits. */
    private static final long MOST_BREAK_SECONDS = (Timestamp.PTS_MODULUS - 1) / Timestamp.PTS_HZ;

    @Parameters(index = "0", paramLabel = "IN", description = "file to read; - is standard input")
    private String in;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "file to write; an existing file is replaced when the first byte is written; - is"
                    + " standard output")
    private String out;

    @Option(
            names = "--at",
            converter = SecondsConverter.class,
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "when to write the cue, counted from the first picture of the stream (default: 0)")
    private int atSeconds;

    @Option(
            names = "--in",
            converter = SecondsConverter.class,
            defaultValue = "4",
            paramLabel = "SECONDS",
            description = "time from the cue to the splice (default: 4, the least that SCTE 35 allows)")
    private int aheadSeconds;

    @Option(
            names = "--break",
            converter = SecondsConverter.class,
            defaultValue = "0",
            paramLabel = "SECONDS",
            description = "duration of the break, after which the program returns automatically; 0 leaves the end"
                    + " open (default: 0)")
    private int breakSeconds;

    @Option(
            names = "--event",
            defaultValue = "1",
            paramLabel = "ID",
            description = "splice_event_id, 0 to 4294967295 (default: 1)")
    private long eventId;

    @Option(
            names = "--cue",
            paramLabel = "CUE",
            description = "cue to write, as base64, hexadecimal digits or JSON; its pts_adjustment is set so it"
                    + " takes effect at the time of --in (default: a splice_insert)")
    private @Nullable String cue;

    @Option(
            names = "--pid",
            paramLabel = "N",
            converter = PidConverter.class,
            defaultValue = "0x1F0",
            description = "PID of the cue; cues that are already on this PID stay (default: 496, 0x1F0)")
    private int pid;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Arguments.require(spec, eventId >= 0 && eventId <= LAST_EVENT, "--event " + eventId + ": must be 32 bits");
        Arguments.require(
                spec, pid >= FIRST_PID && pid <= LAST_PID, "--pid " + pid + ": must be between 16 and 8190 (0x1FFE)");
        requireAtMost("--at", atSeconds, MOST_SECONDS);
        requireAtMost("--in", aheadSeconds, MOST_SECONDS);
        requireAtMost("--break", breakSeconds, MOST_BREAK_SECONDS);
        InjectedCue injected = Arguments.parsed(spec, () -> new InjectedCue(given(), eventId, breakSeconds));
        CueInjection injection = Arguments.parsed(spec, () -> new CueInjection(pid, injected, atSeconds, aheadSeconds));
        Path file = Arguments.parsed(spec, () -> in.equals(STANDARD_INPUT) ? null : FileNames.file(in));
        try (OutputStream copy = new BufferedOutputStream(TargetFile.open(spec, out, file));
                InputStream stream = StandardStreams.input(file)) {
            injection.copy(stream, copy);
        } catch (IllegalStateException e) {
            throw new IOException(StandardStreams.name(file, "input") + ": " + Failures.describe(e), e);
        }
        return 0;
    }

    private void requireAtMost(String option, int seconds, long most) {
        String wrong = option + " " + seconds + ": must be at most " + most + " s, as a PTS has 33 bits";
        Arguments.require(spec, seconds <= most, wrong);
    }

    private @Nullable SpliceInfoSection given() {
        if (cue == null) {
            return null;
        }
        try {
            List<SpliceInfoSection> cues = new CueText(null).read(cue).cues();
            if (cues.size() == 1) {
                return cues.get(0);
            }
            throw new IllegalArgumentException("--cue: " + cues.size() + " cues, but one is needed");
        } catch (MalformedDataException e) {
            throw new IllegalArgumentException("--cue: " + Failures.describe(e), e);
        }
    }
}
