// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Peer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Sends programs a signal, and asserts that they end within two seconds of it in which the machine ran for them. */
public final class EndsInTime {
    private static final int END_MILLIS = 2000;
    private static final Duration WAIT = Duration.ofSeconds(60);

    private EndsInTime() {}

    /** Signals a program; returns its exit code. */
    public static int onSignal(String signal, Peer program) throws Exception {
        return onSignal(signal, program.pid(), () -> program.awaitExit(WAIT));
    }

    /** Signals a program; returns its exit code. */
    public static int onSignal(String signal, Process program) throws Exception {
        return onSignal(signal, program.pid(), () -> {
            assertThat(program.waitFor(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return program.exitValue();
        });
    }

    private static int onSignal(String signal, long pid, Callable<Integer> end) throws Exception {
        Peer.signal(signal, pid); // starts a program, too: that is not the time of the one that is to end
        try (Stopwatch watch = new Stopwatch();
                ProcessorWait wait = new ProcessorWait(pid)) {
            int exitCode = end.call();
            assertThat(watch.millis() - wait.millis())
                    .as("milliseconds from SIG" + signal + " until the end, without those of waiting for a processor")
                    .isLessThanOrEqualTo(END_MILLIS);
            return exitCode;
        }
    }
}
