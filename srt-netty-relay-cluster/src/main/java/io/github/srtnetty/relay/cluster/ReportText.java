// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import io.github.srtnetty.relay.directory.NodeReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The row of a node as the text in the cluster: {@code
 * 1;version;atMillis;draining;publishers;players;pulls;receivedBits;sentBits;load}. A later version may only append
 * fields.
 */
final class ReportText {
    private static final String VERSION = "1";
    private static final int FIELDS = 10;

    private ReportText() {}

    static String of(NodeReport report) {
        return String.join(
                ";",
                VERSION,
                report.version().replace(';', ','),
                Long.toString(report.at().toEpochMilli()),
                Boolean.toString(report.draining()),
                Integer.toString(report.publishers()),
                Integer.toString(report.players()),
                Integer.toString(report.pulls()),
                Long.toString(report.receivedBitsPerSecond()),
                Long.toString(report.sentBitsPerSecond()),
                Double.toString(report.load()));
    }

    /** Reads a text; null where it cannot be read. */
    static @Nullable NodeReport parse(String text) {
        String[] fields = text.split(";", -1);
        if (fields.length < FIELDS) {
            return null;
        }
        try {
            return new NodeReport(
                    fields[1],
                    Instant.ofEpochMilli(Long.parseLong(fields[2])),
                    Boolean.parseBoolean(fields[3]),
                    Integer.parseInt(fields[4]),
                    Integer.parseInt(fields[5]),
                    Integer.parseInt(fields[6]),
                    Long.parseLong(fields[7]),
                    Long.parseLong(fields[8]),
                    Double.parseDouble(fields[9]));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
