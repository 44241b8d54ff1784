// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.examples.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines {@code pts,base64}, to which each cue is appended as threefive and SuperKabuki do: the time is
 * (pts_time + pts_adjustment) modulo 2^33 ticks, in seconds; a cue without a time gets that of the stream where it
 * came, else 0.0.
 */
final class Sidecar {
    private static final double HERTZ = 90_000;

    private final @Nullable Path file;

    /** Appends to this file, to none where it is null. */
    Sidecar(@Nullable Path file) {
        this.file = file;
    }

    void append(Scte35Cue cue) throws IOException {
        if (file != null) {
            append(file, line(cue) + System.lineSeparator());
        }
    }

    private static void append(Path file, String line) throws IOException {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw Failures.because("cannot write " + file, e);
        }
    }

    static String line(Scte35Cue cue) {
        OptionalLong pts = cue.adjustedSplicePts().isPresent() ? cue.adjustedSplicePts() : cue.lastPts90k();
        String seconds = String.format(Locale.ROOT, "%.6f", pts.orElse(0) / HERTZ);
        return seconds.replaceFirst("(\\.\\d+?)0+$", "$1") + ',' + cue.section().toBase64();
    }
}
