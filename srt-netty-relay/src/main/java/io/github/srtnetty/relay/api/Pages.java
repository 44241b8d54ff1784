// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The status pages: /metrics, /streams and /healthz. */
final class Pages {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final StatusView view;
    private final RelayMetrics metrics;

    Pages(StatusView view, RelayMetrics metrics) {
        this.view = view;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", Need.NOTHING, exchange -> health()),
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
}
