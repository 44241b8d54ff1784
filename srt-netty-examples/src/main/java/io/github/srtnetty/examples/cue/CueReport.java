// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SpliceInfoSection;
import io.github.srtnetty.codec.scte35.form.CueDocument;
import io.github.srtnetty.examples.cli.Failures;
import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine.ExitCode;

/** Prints the cues that were read, and reports on standard error what is not a cue. */
final class CueReport {
    private static final int MOST_FAILURES = 10;

    private final CuePrinter printer;
    private boolean failed;

    CueReport(CuePrinter printer) {
        this.printer = printer;
    }

    /** Prints the cues of a document, then its failures; a document without a cue is described. */
    void document(String name, CueDocument document) throws IOException {
        for (SpliceInfoSection cue : document.cues()) {
            printer.print(cue);
        }
        document.failures().stream().limit(MOST_FAILURES).forEach(failure -> failure(name, failure));
        int more = document.failures().size() - MOST_FAILURES;
        if (more > 0) {
            say(name, more + " more of this kind");
        }
        if (document.cues().isEmpty()) {
            say(name, "no cue in " + document.summary());
        }
    }

    void failure(String name, MalformedDataException failure) {
        failure(name, Failures.describe(failure));
    }

    /** Reports why a file cannot be read; the reason names the file. */
    void failure(FileSystemException failure) {
        failed = true;
        System.err.println("srt-netty: " + Failures.describe(failure));
    }

    void failure(String name, String reason) {
        failed = true;
        say(name, reason);
    }

    /** Returns the exit code: 0 if everything could be read. */
    int code() {
        return failed ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private static void say(String name, String what) {
        System.err.println("srt-netty: " + name + ": " + what);
    }
}
