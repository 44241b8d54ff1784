// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Prevents pages of other sites from changing anything through the browser of an operator: a browser names the origin
 * of a request, a program does not.
 */
final class Origins {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private Origins() {}

    /**
     * Checks a request that changes something.
     *
     * @throws HttpProblem 403
     */
    static void check(HttpCall call) {
        String site = call.headers().get("sec-fetch-site");
        String origin = call.headers().get(HttpHeaderNames.ORIGIN);
        String host = call.headers().get(HttpHeaderNames.HOST, "");
        boolean own = (site == null || OWN.contains(site))
                && (origin == null
                        || origin.toLowerCase(Locale.ROOT)
                                .matches("https?://" + Pattern.quote(host.toLowerCase(Locale.ROOT))));
        if (!own) {
            throw new HttpProblem(403, "requests from pages of other sites must not change anything");
        }
    }
}
