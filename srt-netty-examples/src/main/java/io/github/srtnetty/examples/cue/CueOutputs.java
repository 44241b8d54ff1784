// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.examples.cli.Failures;
import io.github.srtnetty.examples.cli.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Passes each cue to several outputs. A failed output is reported on standard error and gets no more cues; the others
 * continue. One thread writes; any thread may query failures.
 */
final class CueOutputs {
    /** Writes a cue somewhere. */
    @FunctionalInterface
    interface Output {
        /** Writes a cue; a failure says where. */
        void write(Scte35Cue cue) throws IOException;
    }

    private final List<Output> working;
    private final CompletableFuture<Void> allFailed = new CompletableFuture<>();
    private volatile boolean failed;

    CueOutputs(List<Output> outputs) {
        working = new ArrayList<>(outputs);
    }

    void write(Scte35Cue cue) {
        for (Iterator<Output> outputs = working.iterator(); outputs.hasNext(); ) {
            try {
                outputs.next().write(cue);
            } catch (IOException e) {
                outputs.remove();
                report(e);
            }
        }
        if (working.isEmpty()) {
            allFailed.complete(null);
        }
    }

    /** Returns a future that completes when no output is left. */
    CompletableFuture<Void> allFailed() {
        return allFailed;
    }

    /** Returns whether an output has failed. */
    boolean hasFailed() {
        return failed;
    }

    private void report(IOException failure) {
        failed = true;
        if (!Session.isEndedBySignal()) {
            System.err.println("srt-netty: " + Failures.describe(failure));
        }
    }
}
