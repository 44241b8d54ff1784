// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.Json;
import io.github.srtnetty.relay.stream.LiveStream;
import io.github.srtnetty.relay.stream.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the control API that only reads: version, health, streams, publishers and players. */
final class ReadRoutes {
    private static final String FILTER = "filter";
    private static final String STATE = "state";
    private static final String STREAM = "stream";

    private final StatusView view;
    private final Directory directory;
    private final Views views;
    private final ApiVersion version = ApiVersion.read();

    ReadRoutes(StatusView view, BitRates rates) {
        this.view = view;
        directory = new Directory(view.streams());
        views = new Views(rates, view.node());
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/version", Need.OBSERVER, exchange -> HttpAnswer.json(200, version.json())),
                Route.get("/api/v1/health", Need.OBSERVER, exchange -> health()),
                Route.get("/api/v1/streams", Need.OBSERVER, this::streams).with(Page.LIMIT, Page.CURSOR, FILTER, STATE),
                Route.get("/api/v1/streams/{name}", Need.OBSERVER, this::stream),
                Route.get("/api/v1/publishers", Need.OBSERVER, this::publishers).with(Page.LIMIT, Page.CURSOR, FILTER),
                Route.get(
                        "/api/v1/publishers/{id}",
                        Need.OBSERVER,
                        exchange -> object(directory.publisher(exchange.path("id")), views::write)),
                Route.get("/api/v1/players", Need.OBSERVER, this::players)
                        .with(Page.LIMIT, Page.CURSOR, FILTER, STREAM),
                Route.get(
                        "/api/v1/players/{id}",
                        Need.OBSERVER,
                        exchange -> object(directory.player(exchange.path("id")), views::write)));
    }

    private HttpAnswer health() {
        boolean draining = view.state().isDraining();
        return HttpAnswer.json(draining ? 503 : 200, Json.object(json -> {
            json.writeStringField("status", draining ? "draining" : "ok");
            json.writeStringField(
                    "startedAt", view.startedAt().truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeNumberField(
                    "uptimeSeconds",
                    Duration.between(view.startedAt(), Instant.now()).toSeconds());
            json.writeNumberField("streams", view.streams().all().size());
            json.writeNumberField("connections", view.connections().getAsInt());
        }));
    }

    private HttpAnswer streams(Exchange exchange) {
        String wanted = exchange.query().get(STATE);
        StreamState state = wanted == null ? null : StreamState.named(wanted);
        if (wanted != null && state == null) {
            throw new HttpProblem(400, "state must be live, silent or waiting");
        }
        List<LiveStream> found = filtered(exchange.query()).stream()
                .filter(stream -> state == null || StreamState.of(stream) == state)
                .toList();
        return Page.of(found, LiveStream::name, exchange.query()).answer(views::write);
    }

    private HttpAnswer stream(Exchange exchange) {
        LiveStream stream = view.streams().find(exchange.path("name"));
        if (stream == null) {
            throw new HttpProblem(404, "nobody publishes or plays a stream of this name");
        }
        return object(stream, views::write);
    }

    private HttpAnswer publishers(Exchange exchange) {
        return Page.of(Directory.publishers(filtered(exchange.query())), Views.Publisher::key, exchange.query())
                .answer(views::write);
    }

    private HttpAnswer players(Exchange exchange) {
        String name = exchange.query().get(STREAM);
        List<LiveStream> streams = filtered(exchange.query()).stream()
                .filter(stream -> name == null || stream.name().equals(name))
                .toList();
        return Page.of(Directory.players(streams), Views.Player::key, exchange.query())
                .answer(views::write);
    }

    private List<LiveStream> filtered(Map<String, String> query) {
        String part = lower(query.get(FILTER));
        return view.streams().all().stream()
                .filter(stream -> lower(stream.name()).contains(part))
                .toList();
    }

    private static <T> HttpAnswer object(T value, Page.Writer<T> writer) {
        return HttpAnswer.json(200, Json.value(json -> writer.write(value, json)));
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
