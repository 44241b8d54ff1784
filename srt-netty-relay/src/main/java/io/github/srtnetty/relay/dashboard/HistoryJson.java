// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.relay.history.HistoryRange;
import io.github.srtnetty.relay.history.HistorySeries;
import io.github.srtnetty.relay.history.Quantity;
import io.github.srtnetty.relay.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes samples as JSON and as CSV. Numbers have at most three digits behind the point. */
final class HistoryJson {
    private HistoryJson() {}

    static byte[] json(String name, HistoryRange range, HistorySeries series) {
        return Json.object(json -> {
            json.writeStringField("name", name);
            json.writeStringField("range", range.key());
            json.writeNumberField("startSecond", series.startSecond());
            json.writeNumberField("stepSeconds", series.stepSeconds());
            json.writeObjectFieldStart("columns");
            for (Quantity quantity : Quantity.values()) {
                json.writeArrayFieldStart(quantity.key());
                for (float value : series.column(quantity)) {
                    number(value, json);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        });
    }

    /** Writes a line for each step: its time by ISO 8601, then the quantities, empty for a gap. */
    static byte[] csv(HistorySeries series) {
        StringBuilder text = new StringBuilder("time");
        for (Quantity quantity : Quantity.values()) {
            text.append(',').append(quantity.key());
        }
        text.append("\r\n");
        for (int i = 0; i < series.length(); i++) {
            text.append(Instant.ofEpochSecond(series.startSecond() + (long) i * series.stepSeconds()));
            for (Quantity quantity : Quantity.values()) {
                text.append(',').append(text(series.column(quantity)[i]));
            }
            text.append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes a number, null for a gap. */
    static void number(float value, JsonGenerator json) throws IOException {
        if (Float.isNaN(value)) {
            json.writeNull();
        } else {
            json.writeNumber(text(value));
        }
    }

    private static String text(float value) {
        if (Float.isNaN(value)) {
            return "";
        }
        long thousandths = Math.round(value * 1000.0);
        return thousandths % 1000 == 0 ? Long.toString(thousandths / 1000) : Double.toString(thousandths / 1000.0);
    }
}
