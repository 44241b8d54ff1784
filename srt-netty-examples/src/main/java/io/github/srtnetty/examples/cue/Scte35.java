// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.mpegts.RtpDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Options;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.FileNames;
import io.github.srtnetty.examples.cli.Help;
import io.github.srtnetty.examples.cli.ListenOptions;
import io.github.srtnetty.examples.cli.NamedFiles;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.UriConverter;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.examples.media.Media;
import io.github.srtnetty.examples.media.MediaOptions;
import io.github.srtnetty.examples.media.MediaSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code srt-netty scte35}: prints the cues of a transport stream. */
@Command(
        name = "scte35",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            UriConverter.HELP,
            "%nExamples:",
            "  srt-netty scte35 in.ts --format text",
            "  srt-netty scte35 srt://:4201 --format hls --sidecar sidecar.txt"
        },
        subcommands = {Decode.class, Encode.class, Inject.class, Help.class},
        description = {
            "Print each SCTE-35 cue of a transport stream from srt://, udp://, a file or standard"
                    + " input (-). A file is read at full speed, a live stream as it arrives."
        })
public final class Scte35 implements Callable<Integer> {
    /** Full-sized datagrams of a live stream, and not too small for a file. */
    private static final int LIVE_CHUNK = 7 * 188;

    private static final int FILE_CHUNK = 256 << 10;

    @Parameters(arity = "0..1", paramLabel = "URI|FILE|-", description = "transport stream to read")
    private @Nullable String source;

    @Mixin
    private CuePrinter printer = new CuePrinter();

    @Option(
            names = "--pid",
            paramLabel = "N",
            converter = PidConverter.class,
            description = "print only the cues on this PID, for example 258 or 0x102, even if no PMT names it"
                    + " (default: all PIDs that a PMT names for cues)")
    private @Nullable Integer pid;

    @Option(
            names = "--all",
            description = "also search private streams (type 0x06) that are not registered as cues, as ffmpeg"
                    + " writes them")
    private boolean all;

    @Option(
            names = "--sidecar",
            paramLabel = "FILE",
            converter = FileNames.FileConverter.class,
            description = "append a line pts,base64 to this file for each cue (default: no file)")
    private @Nullable Path sidecarFile;

    @Option(names = "--once", description = "end when the connection ends, instead of reconnecting")
    private boolean once;

    @Mixin
    private ListenOptions listenOptions = new ListenOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String from = source;
        if (from == null) { // optional for picocli, because decode and encode do not need it
            throw new ParameterException(spec.commandLine(), "URI|FILE|- is missing");
        }
        requireDifferentFiles(from);
        printer.open(spec, OutputFormat.JSON);
        try (Sidecar sidecar = sidecarFile == null ? null : new Sidecar(sidecarFile);
                Loops loops = new Loops()) {
            CueOutputs outputs = new CueOutputs(
                    sidecar == null ? List.of(printer::print) : List.of(printer::print, sidecar::append));
            int code = read(from, loops, outputs);
            return outputs.hasFailed() ? ExitCode.SOFTWARE : code;
        } catch (CompletionException e) {
            throw new IOException(Failures.describe(Failures.cause(e)), e.getCause());
        }
    }

    private int read(String from, Loops loops, CueOutputs outputs) throws IOException, InterruptedException {
        try (CueReader reader = new CueReader(rtp(from), options(), cue -> write(cue, outputs));
                MediaSource in = input(from, loops)) {
            Runnable closing = in::close;
            Session.onSignal(() -> {
                closing.run();
                loops.end();
            });
            in.open(reader);
            CompletableFuture.anyOf(in.ended(), outputs.allFailed()).join();
            reader.finish();
            return outputs.hasFailed() ? ExitCode.SOFTWARE : report(from, reader.summary());
        }
    }

    /** Describes on standard error a stream without a cue; returns 0 if the stream is sound. */
    private static int report(String from, StreamSummary summary) throws IOException {
        if (!summary.hasPackets()) {
            throw new IOException(Media.shown(from) + ": not an MPEG transport stream, it has no packets of 188,"
                    + " 192 or 204 bytes");
        }
        if (summary.cues() > 0) {
            return ExitCode.OK;
        }
        System.err.println("srt-netty: " + Media.shown(from) + ": no cue in " + summary);
        return summary.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static RtpDecoder rtp(String from) {
        boolean datagrams = from.startsWith("srt://") || from.startsWith("udp://");
        return datagrams ? RtpDecoder.ofDatagrams() : RtpDecoder.ofStream();
    }

    /** Ends the command where a file is named twice, or standard output goes to a file that is read. */
    private void requireDifferentFiles(String from) {
        NamedFiles files = new NamedFiles(spec.commandLine().getParseResult().originalArgs());
        Arguments.parsed(spec, () -> {
            Media.addInput(from, files);
            files.writes(null);
            if (sidecarFile != null) {
                files.writes(sidecarFile);
            }
            return files;
        });
    }

    private MediaSource input(String from, Loops loops) {
        int chunk = Media.isStandardInput(from) ? LIVE_CHUNK : FILE_CHUNK;
        MediaOptions options = new MediaOptions(once, false, chunk, MediaOptions.Pace.FULL_SPEED);
        return Arguments.parsed(spec, () -> Media.source(listenOptions.safe(from), loops, options));
    }

    private Scte35Options options() {
        Scte35Options options = Scte35Options.DEFAULT.withSplicePids(pid == null ? Set.of() : Set.of(pid));
        return all ? options.withPrivateStreams(Scte35Options.PrivateStreams.ALL) : options;
    }

    private void write(Scte35Cue cue, CueOutputs outputs) {
        if (pid == null || cue.pid() == pid) {
            outputs.write(cue);
        }
    }
}
