// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.HttpProblem;
import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. Immutable. */
final class Router {
    /** A path that is known, with its variables and its methods. */
    record Match(Map<String, String> path, Map<HttpMethod, Route> routes) {
        /** Returns the methods as the header Allow has them. */
        String allow() {
            TreeSet<String> names =
                    routes.keySet().stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            names.add("OPTIONS");
            return String.join(", ", names);
        }

        /**
         * Returns the route of a method.
         *
         * @throws HttpProblem 405 with the methods that there are
         */
        Route route(HttpMethod method) {
            Route route = routes.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
            if (route == null) {
                throw new HttpProblem(405, "this path allows " + allow()).with("allow", allow());
            }
            return route;
        }
    }

    private final Map<PathTemplate, Map<HttpMethod, Route>> paths = new LinkedHashMap<>();

    Router(List<Route> routes) {
        for (Route route : routes) {
            paths.computeIfAbsent(route.path(), path -> new LinkedHashMap<>()).put(route.method(), route);
        }
    }

    /** Returns a path's routes, null where there are none. A path without variables comes before one with. */
    @Nullable
    Match find(String path) {
        Match found = null;
        for (Map.Entry<PathTemplate, Map<HttpMethod, Route>> known : paths.entrySet()) {
            Map<String, String> variables = known.getKey().match(path);
            if (variables != null && (found == null || variables.isEmpty())) {
                found = new Match(variables, known.getValue());
            }
        }
        return found;
    }

    /** Returns all routes. */
    List<Route> routes() {
        List<Route> all = new ArrayList<>();
        paths.values().forEach(methods -> all.addAll(methods.values()));
        return all;
    }
}
