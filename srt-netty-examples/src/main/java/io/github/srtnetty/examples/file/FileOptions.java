// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.SizeConverter;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The common options of the commands for files. */
final class FileOptions {
    /** A request is one packet; a caller that connects without a request occupies a place. */
    private static final Duration REQUEST = Duration.ofSeconds(10);

    @Option(
            names = "--timeout",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "give up on a connected peer that neither sends nor receives anything for this time"
                    + " (default: ${DEFAULT-VALUE})")
    private int timeoutSeconds;

    @Option(
            names = "--least-rate",
            converter = SizeConverter.class,
            paramLabel = "BYTES",
            defaultValue = "10000",
            description = "give up on a peer that is slower than this, in bytes per second over the time of"
                    + " --timeout; 0: no limit (default: ${DEFAULT-VALUE})")
    private long leastRate;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Returns how long a peer may delay a transfer. */
    StallTimeout.Limit limit() {
        if (timeoutSeconds <= 0) {
            throw misuse("--timeout " + timeoutSeconds + ": must be 1 or more");
        }
        if (leastRate < 0) {
            throw misuse("--least-rate " + leastRate + ": must be 0 or more");
        }
        return new StallTimeout.Limit(Duration.ofSeconds(timeoutSeconds), leastRate);
    }

    /** Returns how long a caller may take to request a file. */
    StallTimeout.Limit requestLimit() {
        Duration time = limit().time();
        return StallTimeout.Limit.total(time.compareTo(REQUEST) < 0 ? time : REQUEST);
    }

    /**
     * Ends the command, before anything is printed, if a limit is invalid or the address requests live mode, which
     * cannot carry files.
     *
     * @throws ParameterException with the reason
     */
    void check(SrtUri uri) {
        limit();
        if (uri.option(SrtChannelOption.SRTO_TRANSTYPE) == SrtTransmissionType.LIVE) {
            throw misuse(
                    "transtype=live drops what is late, and a file must arrive whole: leave it out of the address");
        }
    }

    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
