// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request.
 *
 * @param status the status code
 * @param contentType the media type, empty where there is no content
 * @param body the content; it is left out where the request was HEAD
 * @param headers further headers
 * @param stream gets the rest of a streamed content, null if {@code body} is complete
 */
public record HttpAnswer(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable Consumer<HttpStream> stream) {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    /** Takes a copy of the headers. */
    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** Creates an answer with a complete content. */
    public HttpAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    /**
     * Returns a streamed answer.
     *
     * @param stream called on the HTTP event loop once the headers are sent; not where the request was HEAD
     */
    public static HttpAnswer stream(String contentType, Consumer<HttpStream> stream) {
        return new HttpAnswer(200, contentType, new byte[0], Map.of(), stream);
    }

    /** Returns an answer with content. */
    public static HttpAnswer of(int status, String contentType, byte[] body) {
        return new HttpAnswer(status, contentType, body, Map.of());
    }

    /** Returns plain text. */
    public static HttpAnswer text(int status, String text) {
        return of(status, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns JSON. */
    public static HttpAnswer json(int status, byte[] body) {
        return of(status, JSON, body);
    }

    /** Returns 204 without content. */
    public static HttpAnswer noContent() {
        return of(204, "", new byte[0]);
    }

    /** Returns the same with one header more. */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, contentType, body, more, stream);
    }
}
