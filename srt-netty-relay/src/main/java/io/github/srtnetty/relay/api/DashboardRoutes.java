// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.dashboard.Dashboard;
import io.github.srtnetty.relay.dashboard.PageFiles;
import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.history.HistoryRange;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The web page of the relay and its data: all streams, live events, history, and the caller. */
final class DashboardRoutes {
    private static final String CSV = "text/csv; charset=utf-8";
    private static final String EVENT_STREAM = "text/event-stream";
    private static final String RANGE = "range";
    private static final String STREAM = "stream";

    private final Dashboard dashboard;
    private final PageFiles files = new PageFiles();

    DashboardRoutes(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.get("/api/v1/caller", Need.OBSERVER, DashboardRoutes::caller),
                Route.get("/api/v1/dashboard", Need.OBSERVER, this::now).with(STREAM),
                Route.get("/api/v1/dashboard/events", Need.OBSERVER, this::events)
                        .with(STREAM),
                Route.get(
                        "/api/v1/dashboard/sparklines",
                        Need.OBSERVER,
                        exchange -> HttpAnswer.json(200, dashboard.sparklines())),
                Route.get(
                                "/api/v1/streams/{name}/history",
                                Need.OBSERVER,
                                exchange -> HttpAnswer.json(
                                        200, known(dashboard.history(exchange.path("name"), range(exchange)))))
                        .with(RANGE),
                Route.get("/api/v1/streams/{name}/history.csv", Need.OBSERVER, this::csv)
                        .with(RANGE),
                Route.post("/api/v1/streams/{name}/reset", Need.OPERATOR, this::reset)));
        for (String path : files.paths()) {
            routes.add(Route.get(path, Need.FILE, exchange -> files.answer(path, tags(exchange))));
        }
        return routes;
    }

    private static HttpAnswer caller(Exchange exchange) {
        return HttpAnswer.json(200, Json.object(json -> {
            json.writeStringField("name", exchange.caller().name());
            json.writeStringField("role", exchange.caller().role().toString());
        }));
    }

    private HttpAnswer now(Exchange exchange) {
        String stream = exchange.query().get(STREAM);
        return HttpAnswer.json(200, stream == null ? dashboard.streams() : dashboard.stream(stream));
    }

    private HttpAnswer events(Exchange exchange) {
        if (!dashboard.hasRoom()) {
            throw new HttpProblem(503, "too many pages are open").with("retry-after", "10");
        }
        String stream = exchange.query().get(STREAM);
        return HttpAnswer.stream(EVENT_STREAM, dashboard.events(stream)).with("x-accel-buffering", "no");
    }

    private HttpAnswer csv(Exchange exchange) {
        String name = exchange.path("name");
        HistoryRange range = range(exchange);
        String file = name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + range.key() + ".csv";
        return HttpAnswer.of(200, CSV, known(dashboard.csv(name, range)))
                .with("content-disposition", "attachment; filename=\"" + file + "\"");
    }

    private HttpAnswer reset(Exchange exchange) {
        known(dashboard.reset(exchange.path("name")));
        return HttpAnswer.noContent();
    }

    private static HistoryRange range(Exchange exchange) {
        HistoryRange range = HistoryRange.named(exchange.query().getOrDefault(RANGE, HistoryRange.TEN_MINUTES.key()));
        if (range == null) {
            throw new HttpProblem(400, "range must be 1m, 10m, 1h or 24h");
        }
        return range;
    }

    private static @Nullable String tags(Exchange exchange) {
        return exchange.call().headers().get(HttpHeaderNames.IF_NONE_MATCH);
    }

    private static <T> T known(@Nullable T value) {
        if (value == null) {
            throw new HttpProblem(404, "no stream of this name existed within the last day");
        }
        return value;
    }
}
