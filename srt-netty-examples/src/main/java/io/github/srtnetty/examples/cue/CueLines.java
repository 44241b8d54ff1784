// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one cue per line as lines arrive. Digits wrapped by {@code xxd -p} or {@code base64} are one cue: a line that
 * begins like a cue but is incomplete is kept until the following lines complete it.
 */
final class CueLines {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_WRAPPED = 16_384;
    private static final Pattern START = Pattern.compile("(?:0[xX])?[fF][cC]|[/_][A-P]");

    private final CueText text;
    private final CueReport report;
    /** Empty for standard input, where the line is shown instead of its number. */
    private final String file;

    private record Failed(String name, MalformedDataException failure) {}

    private final List<Failed> wrappedFailures = new ArrayList<>();
    private final StringBuilder wrapped = new StringBuilder();
    private int number;
    private boolean hasLines;

    CueLines(CueText text, CueReport report, String file) {
        this.text = text;
        this.report = report;
        this.file = file;
    }

    void read(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                line(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else if (line.size() < MOST_BYTES) {
                line.write(next);
            } else {
                throw new IOException(name("") + ": a line is longer than " + MOST_BYTES + " bytes");
            }
        }
        line(line.toString(StandardCharsets.UTF_8));
        giveUp();
        if (!hasLines) {
            report.failure(file.isEmpty() ? "standard input" : file, "is empty, there is no cue");
        }
    }

    private void line(String raw) throws IOException {
        number++;
        String line = raw.replace("\uFEFF", "").strip();
        if (line.isEmpty()) {
            return;
        }
        hasLines = true;
        CueDocument cue;
        try {
            cue = text.read(line);
        } catch (MalformedDataException e) {
            broken(line, e);
            return;
        }
        giveUp();
        report.document(name(line), cue);
    }

    private void broken(String line, MalformedDataException failure) throws IOException {
        boolean starts = START.matcher(line).lookingAt();
        if (wrapped.length() + line.length() > MOST_WRAPPED || !starts && wrapped.isEmpty()) {
            giveUp();
            report.failure(name(line), failure);
            return;
        }
        CueDocument whole = wrapped.isEmpty() ? null : joined(wrapped + line);
        if (whole != null) {
            forget();
            report.document(name(line), whole);
            return;
        }
        wrapped.append(line);
        wrappedFailures.add(new Failed(name(line), failure));
    }

    private @Nullable CueDocument joined(String lines) {
        try {
            return text.read(lines);
        } catch (MalformedDataException e) {
            return null;
        }
    }

    private void giveUp() {
        wrappedFailures.forEach(failed -> report.failure(failed.name, failed.failure));
        forget();
    }

    private void forget() {
        wrappedFailures.clear();
        wrapped.setLength(0);
    }

    private String name(String line) {
        return file.isEmpty() ? Shown.text(line) : file + ", line " + number;
    }
}
