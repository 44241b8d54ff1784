// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtStatistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Writes docs/statistics.md from the table of statistics. */
final class StatisticsDoc {
    private static final String HEAD = """
            # Statistics

            `SrtChannel.statistics()` returns the fields of libsrt's `SRT_TRACEBSTATS`. Each has a constant in
            `SrtStatistic`: `statistics.asLong(SrtStatistic.PKT_SND_BUF)` reads it, or `asDouble` with fractions. The
            fields that programs use most also have a method, for example `rttMillis()` and `pktRcvLossTotal()`.
            `transmit --stats-format json` prints all under their C names, and `SrtMeters` registers a Micrometer meter
            for each. This table is generated from the table that the code uses (`StatisticsDoc` in the tests of
            srt-netty-transport).

            - *total* counts from the start of the connection, *interval* from the last call of `sampleStatistics()`,
              which starts a new interval. *instant* is the current value.
            - Byte counts include the headers of IP, UDP and SRT: 44 bytes for each packet over IPv4.
            - `pktSndLoss` and `pktRcvLoss` also count losses that retransmission repaired. The stream has a gap only
              when `pktRcvDrop` or `pktSndDrop` increases.
            - After the channel is closed, the last sample remains available.

            | C name | Constant | Counts | Unit | Meaning |
            |---|---|---|---|---|
            """;
    private static final SourceDoc MEANINGS =
            new SourceDoc("srt-netty-native/src/main/java/io/github/srtnetty/libsrt/SrtStatistic.java");

    private StatisticsDoc() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(file(), text());
    }

    static Path file() {
        return SourceDoc.root().resolve("docs/statistics.md");
    }

    static String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (SrtStatistic field : SrtStatistic.values()) {
            text.append("| `")
                    .append(field.cName())
                    .append("` | `")
                    .append(field.name())
                    .append("` | ")
                    .append(field.kind().name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(field.unit())
                    .append(" | ")
                    .append(MEANINGS.of(field.name()))
                    .append(" |\n");
        }
        return text.toString();
    }
}
