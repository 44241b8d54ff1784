// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import org.jspecify.annotations.Nullable;

/**
 * The target of a request: a path, or {@code http://host/path} as clients send it to a proxy (RFC 9112, 3.2).
 *
 * @param authority the host and port of an absolute target, null for the other forms
 * @param path the path without its query, percent-encoded as it was sent; {@code *} for the server as a whole
 * @param query what follows the question mark, empty without one
 */
public record RequestTarget(@Nullable String authority, String path, String query) {

    /**
     * Splits a target.
     *
     * @param scheme {@code http} or {@code https}: a target that names another one is no absolute target of this server
     */
    public static RequestTarget of(String uri, String scheme) {
        int question = uri.indexOf('?');
        String target = question < 0 ? uri : uri.substring(0, question);
        String query = question < 0 ? "" : uri.substring(question + 1);
        String prefix = scheme + "://";
        if (!target.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return new RequestTarget(null, target, query);
        }
        int slash = target.indexOf('/', prefix.length());
        return slash < 0
                ? new RequestTarget(target.substring(prefix.length()), "*", query)
                : new RequestTarget(target.substring(prefix.length(), slash), target.substring(slash), query);
    }

    /** Returns the path that requests other than OPTIONS mean: a slash for {@code http://host} without a path. */
    public String resource() {
        return authority != null && path.equals("*") ? "/" : path;
    }
}
