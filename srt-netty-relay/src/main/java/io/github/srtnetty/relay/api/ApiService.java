// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.HttpService;
import io.github.srtnetty.relay.http.Percent;
import io.github.srtnetty.relay.http.RequestTarget;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of the relay's HTTP side: checks host and caller, finds the route, runs it. */
public final class ApiService implements HttpService {
    private static final Logger LOGGER = LoggerFactory.getLogger(ApiService.class);
    private static final String ALL_METHODS = "GET, HEAD, OPTIONS";

    private final OwnHosts hosts;
    private final ApiParts parts;
    private final Router router;

    /**
     * Creates the service of a relay.
     *
     * @param ownHost the host of {@code --http}
     */
    public ApiService(StatusView view, RelayMetrics metrics, ApiParts parts, String ownHost) {
        this.parts = parts;
        hosts = new OwnHosts(ownHost, view.state());
        List<Route> routes = new ArrayList<>(new Pages(view, metrics, parts.rates()).routes());
        routes.addAll(new ReadRoutes(view, parts.rates()).routes());
        routes.addAll(new NodeRoutes(view.node()).routes());
        routes.addAll(new AlarmRoutes(view.alarms()).routes());
        routes.addAll(new ConfigRoutes(parts.configs()).routes());
        routes.addAll(new BanRoutes(parts.bans()).routes());
        routes.addAll(new LimitRoutes(view.state(), parts.control(), parts.tokenBans()).routes());
        routes.addAll(new WriteRoutes(new Directory(view.streams()), parts.bans(), parts.control()).routes());
        routes.addAll(new DashboardRoutes(parts.dashboard()).routes());
        router = new Router(routes);
    }

    @Override
    public CompletionStage<HttpAnswer> serve(HttpCall call) {
        RequestTarget target = RequestTarget.of(call.uri(), call.secure() ? "https" : "http");
        hosts.check(call, target);
        boolean options = call.method().equals(HttpMethod.OPTIONS);
        if (options && target.path().equals("*")) {
            return CompletableFuture.completedFuture(allowing(ALL_METHODS));
        }
        Router.Match match = router.find(options ? target.path() : target.resource());
        if (match == null) {
            throw new HttpProblem(404, "there is no such path");
        }
        if (options) {
            return CompletableFuture.completedFuture(allowing(match.allow()));
        }
        Route route = match.route(call.method());
        if (!route.method().equals(HttpMethod.GET)) {
            Origins.check(call);
        }
        return parts.gate().admit(call, route.need()).thenCompose(caller -> {
            Map<String, String> query = Percent.query(target.query());
            checkParameters(route, query);
            Exchange exchange = new Exchange(call, caller, match.path(), query);
            return route.blocks()
                    ? parts.worker().run(() -> answer(route, exchange))
                    : CompletableFuture.completedFuture(answer(route, exchange));
        });
    }

    /** Returns the version of the relay. */
    public static String version() {
        return ApiVersion.read().relay();
    }

    /** Returns all methods and paths, for tests. */
    public List<String> routes() {
        return router.routes().stream()
                .map(route -> route.method() + " " + route.path().text() + " " + new TreeSet<>(route.parameters()))
                .toList();
    }

    private static HttpAnswer answer(Route route, Exchange exchange) {
        HttpAnswer answer;
        try {
            answer = route.handler().answer(exchange);
        } catch (HttpProblem e) {
            audit(route, exchange, e.status());
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        audit(route, exchange, answer.status());
        return answer;
    }

    /** Logs who changed what. */
    private static void audit(Route route, Exchange exchange, int status) {
        if (!route.method().equals(HttpMethod.GET)) {
            LOGGER.info(
                    "api: {} ({}) of {}: {} {}: {}",
                    exchange.caller().name(),
                    exchange.caller().role(),
                    exchange.caller().address().getHostAddress(),
                    route.method(),
                    PeerText.printable(
                            RequestTarget.of(exchange.call().uri(), "http").path()),
                    status);
        }
    }

    /** Rejects unknown parameters: a misspelt filter would otherwise return everything. */
    private static void checkParameters(Route route, Map<String, String> query) {
        for (String name : query.keySet()) {
            if (!route.isPage() && !route.parameters().contains(name)) {
                throw new HttpProblem(
                        400,
                        "unknown parameter; known parameters: " + String.join(", ", new TreeSet<>(route.parameters())));
            }
        }
    }

    private static HttpAnswer allowing(String methods) {
        return HttpAnswer.text(200, "").with("allow", methods);
    }
}
