// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.libsrt.SrtStatistic;
import io.github.srtnetty.libsrt.SrtStatistics;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamSource;
import java.io.IOException;

/**
 * The content of /stats: the publishers in the format of srt-live-server, which scene switchers for OBS read. Each
 * publisher has every field, because those programs fail if one is missing.
 */
final class SlsStats {
    private SlsStats() {}

    static byte[] write(StatusView view, BitRates rates) {
        return Json.object(json -> {
            json.writeObjectFieldStart("publishers");
            for (LiveStream stream : view.streams().all()) {
                StreamSource source = stream.source();
                SrtStatistics sample =
                        source == null ? null : source.connection().statistics();
                if (source != null && sample != null) {
                    json.writeObjectFieldStart(stream.name());
                    json.writeNumberField("bitrate", rates.received(stream) / 1000);
                    json.writeStringField("label", source.connection().label());
                    fields(sample, json);
                    json.writeNumberField("uptime", (long) source.connection().seconds());
                    json.writeEndObject();
                }
            }
            json.writeEndObject();
            json.writeStringField("status", "ok");
        });
    }

    private static void fields(SrtStatistics sample, JsonGenerator json) throws IOException {
        json.writeNumberField("bytesRcvDrop", sample.asLong(SrtStatistic.BYTE_RCV_DROP_TOTAL));
        json.writeNumberField("bytesRcvLoss", sample.asLong(SrtStatistic.BYTE_RCV_LOSS_TOTAL));
        json.writeNumberField("latency", sample.asLong(SrtStatistic.MS_RCV_TSB_PD_DELAY));
        json.writeNumberField("mbpsBandwidth", sample.asDouble(SrtStatistic.MBPS_BANDWIDTH));
        json.writeNumberField("mbpsRecvRate", sample.asDouble(SrtStatistic.MBPS_RECV_RATE));
        json.writeNumberField("msRcvBuf", sample.asLong(SrtStatistic.MS_RCV_BUF));
        json.writeNumberField("pktRcvDrop", sample.asLong(SrtStatistic.PKT_RCV_DROP_TOTAL));
        json.writeNumberField("pktRcvLoss", sample.asLong(SrtStatistic.PKT_RCV_LOSS_TOTAL));
        json.writeNumberField("rtt", sample.asDouble(SrtStatistic.MS_RTT));
    }
}
