// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.srtnetty.relay.alarm.Alarm;
import io.github.srtnetty.relay.alarm.AlarmKind;
import io.github.srtnetty.relay.alarm.Alarms;
import io.github.srtnetty.relay.event.ShownName;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alarms that are raised. */
final class AlarmRoutes {
    private static final String STREAM = "stream";
    private static final String ALARM = "alarm";

    private final Alarms alarms;

    AlarmRoutes(Alarms alarms) {
        this.alarms = alarms;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/alarms", Need.OBSERVER, this::list).with(Page.LIMIT, Page.CURSOR, STREAM, ALARM));
    }

    private HttpAnswer list(Exchange exchange) {
        String stream = exchange.query().get(STREAM);
        AlarmKind kind = kind(exchange.query().get(ALARM));
        List<Alarm> found = (stream == null ? alarms.all() : alarms.of(stream))
                .stream().filter(alarm -> kind == null || alarm.kind() == kind).toList();
        return Page.of(found, alarm -> stream(alarm) + '\0' + alarm.kind(), exchange.query())
                .answer(AlarmRoutes::write);
    }

    private static String stream(Alarm alarm) {
        return alarm.stream() == null ? "" : alarm.stream();
    }

    private static @Nullable AlarmKind kind(@Nullable String name) {
        AlarmKind kind = name == null ? null : ShownName.find(AlarmKind.class, name);
        if (name != null && kind == null) {
            throw new HttpProblem(400, "alarm must be one of " + List.of(AlarmKind.values()));
        }
        return kind;
    }

    private static void write(Alarm alarm, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (alarm.stream() != null) {
            json.writeStringField(STREAM, alarm.stream());
        }
        json.writeStringField(ALARM, alarm.kind().toString());
        json.writeStringField(
                "since", alarm.since().truncatedTo(ChronoUnit.MILLIS).toString());
        json.writeNumberField("value", Math.round(alarm.value() * 10) / 10.0);
        json.writeNumberField("limit", alarm.limit());
        json.writeEndObject();
    }
}
