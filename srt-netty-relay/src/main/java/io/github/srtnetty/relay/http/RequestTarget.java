// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request: a path, or {@code http://host/path} as clients send it to a proxy (RFC 9112, 3.2).
 *
 * @param authority the host and port of an absolute target, null for the other forms
 * @param path the path without its query; {@code *} for the server as a whole
 */
record RequestTarget(@Nullable String authority, String path) {
    private static final String SCHEME = "http://";

    static RequestTarget of(String uri) {
        int question = uri.indexOf('?');
        String target = question < 0 ? uri : uri.substring(0, question);
        if (!target.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new RequestTarget(null, target);
        }
        int slash = target.indexOf('/', SCHEME.length());
        return slash < 0
                ? new RequestTarget(target.substring(SCHEME.length()), "*")
                : new RequestTarget(target.substring(SCHEME.length(), slash), target.substring(slash));
    }
}
