// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The status pages: /metrics, /streams, /stats and /healthz, and the description of the API. */
final class Pages {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final StatusView view;
    private final RelayMetrics metrics;
    private final BitRates rates;
    private final byte[] openApi = openApi();

    Pages(StatusView view, RelayMetrics metrics, BitRates rates) {
        this.view = view;
        this.rates = rates;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", Need.NOTHING, exchange -> health()),
                Route.get("/stats", Need.PAGE, exchange -> HttpAnswer.json(200, SlsStats.write(view, rates))),
                Route.get("/openapi.json", Need.NOTHING, exchange -> HttpAnswer.json(200, openApi)),
                Route.get("/streams", Need.PAGE, exchange -> HttpAnswer.json(200, StreamsPage.write(view))),
                Route.get(
                        "/metrics",
                        Need.PAGE,
                        exchange ->
                                HttpAnswer.of(200, PROMETHEUS, metrics.scrape().getBytes(StandardCharsets.UTF_8))));
    }

    private HttpAnswer health() {
        return view.state().isDraining() ? HttpAnswer.text(503, "draining\n") : HttpAnswer.text(200, "ok\n");
    }

    private static byte[] openApi() {
        try (InputStream in = Pages.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json", e);
        }
    }
}
