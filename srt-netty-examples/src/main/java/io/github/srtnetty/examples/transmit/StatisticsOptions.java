// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.transmit;

import io.github.srtnetty.examples.cli.SecondsConverter;
import picocli.CommandLine.Option;

/** The options for statistics of the connections. */
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
            description = "report statistics at this interval (default: never)")
    int seconds;

    @Option(
            names = "--stats-format",
            paramLabel = "FORMAT",
            defaultValue = "TABLE",
            description = "table, csv or json (one object per line) (default: table)")
    Format format = Format.TABLE;

    @Option(
            names = "--stats-output",
            paramLabel = "FILE",
            description = "file for the statistics (default: standard error)")
    String file = "";
}
