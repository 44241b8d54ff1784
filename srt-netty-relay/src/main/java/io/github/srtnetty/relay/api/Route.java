// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.gate.Need;
import io.github.srtnetty.relay.http.HttpAnswer;
import io.netty.handler.codec.http.HttpMethod;
import java.io.IOException;
import java.util.Set;

/**
 * One method of one path.
 *
 * @param method GET stands for HEAD too
 * @param path with variables in braces, such as {@code /api/v1/streams/{name}}
 * @param need what its caller must prove
 * @param parameters the query's parameters; others are answered with 400, except on pages
 * @param blocks whether the handler blocks: then it runs on the worker, otherwise on the HTTP event loop
 * @param handler answers
 */
record Route(HttpMethod method, PathTemplate path, Need need, Set<String> parameters, boolean blocks, Handler handler) {
    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        /** Returns the answer, or throws an {@link io.github.srtnetty.relay.http.HttpProblem}. */
        HttpAnswer answer(Exchange exchange) throws IOException;
    }

    /** Returns a route that reads. */
    static Route get(String path, Need need, Handler handler) {
        return of(HttpMethod.GET, path, need, handler);
    }

    /** Returns a route that adds something or starts it. */
    static Route post(String path, Need need, Handler handler) {
        return of(HttpMethod.POST, path, need, handler);
    }

    /** Returns a route that replaces something, or adds it under a name. */
    static Route put(String path, Need need, Handler handler) {
        return of(HttpMethod.PUT, path, need, handler);
    }

    /** Returns a route that changes a part of something. */
    static Route patch(String path, Need need, Handler handler) {
        return of(HttpMethod.PATCH, path, need, handler);
    }

    /** Returns a route that removes something. */
    static Route delete(String path, Need need, Handler handler) {
        return of(HttpMethod.DELETE, path, need, handler);
    }

    private static Route of(HttpMethod method, String path, Need need, Handler handler) {
        return new Route(method, PathTemplate.of(path), need, Set.of(), false, handler);
    }

    /** Returns whether it is one of the pages, which are no part of the control API and ignore parameters. */
    boolean isPage() {
        return !path.text().startsWith("/api/");
    }

    /** Returns the same with parameters. */
    Route with(String... names) {
        return new Route(method, path, need, Set.of(names), blocks, handler);
    }

    /** Returns the same for a handler that blocks. */
    Route offLoop() {
        return new Route(method, path, need, parameters, true, handler);
    }
}
