// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.cli.SecondsConverter;
import picocli.CommandLine.Option;

/** The statistics to report of the connections. */
final class StatisticsOptions {
    /** How a report looks. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    @Option(
            names = "--stats",
            converter = SecondsConverter.class,
            paramLabel = "SECONDS",
            description = "report statistics every so many seconds; never if not given")
    int seconds;

    @Option(
            names = "--stats-format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table, csv or json (one object a line); table if not given")
    Format format = Format.TABLE;

    @Option(names = "--stats-output", paramLabel = "FILE", description = "where to, standard error if not given")
    String file = "";
}
