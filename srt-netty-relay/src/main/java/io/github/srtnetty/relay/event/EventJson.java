// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.event;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Events as objects of JSON. */
public final class EventJson {
    private EventJson() {}

    /** Writes an event as an object; {@code stream} is missing where it concerns the relay. */
    public static void write(RelayEvent event, String instance, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("instance", instance);
        json.writeNumberField("number", event.number());
        json.writeNumberField("streamNumber", event.streamNumber());
        json.writeStringField(
                "time", event.time().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeStringField("kind", event.kind().toString());
        if (event.stream() != null) {
            json.writeStringField("stream", event.stream());
        }
        json.writeStringField("previous", event.previous());
        json.writeStringField("current", event.current());
        json.writeObjectFieldStart("details");
        for (Map.Entry<String, Object> detail : event.details().entrySet()) {
            value(detail.getKey(), detail.getValue(), json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(String name, Object value, JsonGenerator json) throws IOException {
        if (value instanceof Long number) {
            json.writeNumberField(name, number);
        } else if (value instanceof Double number) {
            json.writeNumberField(name, Math.round(number * 1000) / 1000.0);
        } else if (value instanceof Boolean flag) {
            json.writeBooleanField(name, flag);
        } else {
            json.writeStringField(name, value.toString());
        }
    }
}
