// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.OutputFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A file of lines {@code pts,base64}, to which each cue is appended as threefive and SuperKabuki do: the time is
 * (pts_time + pts_adjustment) modulo 2^33 ticks, in seconds; a cue without a time gets the stream time at which it
 * arrived, or 0.0 if unknown.
 */
final class Sidecar implements Closeable {
    private static final double HERTZ = 90_000;

    private final Path file;
    private final OutputFile out;

    /**
     * Prepares to append to this file; a new one is created by the first cue.
     *
     * @throws IOException when it is already known that the file cannot be written
     */
    Sidecar(Path file) throws IOException {
        this.file = file;
        try {
            out = OutputFile.appendingTo(file);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void append(Scte35Cue cue) throws IOException {
        try {
            out.write((line(cue) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private IOException failure(IOException cause) {
        return Failures.because("cannot write " + file, cause);
    }

    static String line(Scte35Cue cue) {
        OptionalLong pts = cue.adjustedSplicePts().isPresent() ? cue.adjustedSplicePts() : cue.lastPts90k();
        String seconds = String.format(Locale.ROOT, "%.6f", pts.orElse(0) / HERTZ);
        return seconds.replaceFirst("(\\.\\d+?)0+$", "$1") + ',' + cue.section().toBase64();
    }
}
