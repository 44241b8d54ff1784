// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands for files have in common. */
final class FileOptions {
    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "give up on a peer that is there, but neither sends nor takes anything for so long"
                    + " (${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    Duration timeout() {
        if (timeoutSeconds <= 0) {
            throw misuse("--timeout " + timeoutSeconds + ": must be 1 or more");
        }
        return Duration.ofSeconds(timeoutSeconds);
    }

    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
