// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.stream.Stream;

/** The media types of requests. */
public final class ContentType {
    public static final String JSON = "application/json";
    /** RFC 7396. */
    public static final String MERGE_PATCH = "application/merge-patch+json";

    private ContentType() {}

    /**
     * Requires a type of content.
     *
     * @param wanted the type that the answer names where the request has another one
     * @param others types that may be used instead
     * @throws HttpProblem 415
     */
    public static void require(HttpCall call, String wanted, String... others) {
        String sent = call.headers()
                .get(HttpHeaderNames.CONTENT_TYPE, "")
                .split(";", 2)[0]
                .strip();
        if (!sent.equalsIgnoreCase(wanted) && Stream.of(others).noneMatch(sent::equalsIgnoreCase)) {
            throw new HttpProblem(415, "the content must be " + wanted)
                    .with(wanted.equals(MERGE_PATCH) ? "accept-patch" : "accept", wanted);
        }
    }
}
