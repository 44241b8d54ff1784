// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/** An error answer for a client: {@code application/problem+json} of RFC 9457. Without a stack trace. */
public final class HttpProblem extends RuntimeException {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, String> headers;
    private final String pointer;

    /**
     * Creates a problem.
     *
     * @param detail one sentence for a person, without secrets
     */
    public HttpProblem(int status, String detail) {
        this(status, detail, Map.of(), "");
    }

    private HttpProblem(int status, String detail, Map<String, String> headers, String pointer) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = headers;
        this.pointer = pointer;
    }

    /** Returns the same with a header; it replaces one set before. */
    public HttpProblem with(String name, String value) {
        return new HttpProblem(status, String.valueOf(getMessage()), Map.of(name, value), pointer);
    }

    /** Returns the same with the path of a key in the content (RFC 6901). */
    public HttpProblem at(String key) {
        return new HttpProblem(status, String.valueOf(getMessage()), headers, key);
    }

    public int status() {
        return status;
    }

    /** Returns what the client gets. */
    public HttpAnswer answer() {
        byte[] body = Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", HttpResponseStatus.valueOf(status).reasonPhrase());
            json.writeNumberField("status", status);
            json.writeStringField("detail", getMessage());
            if (!pointer.isEmpty()) {
                json.writeStringField("pointer", pointer);
            }
        });
        return new HttpAnswer(status, MEDIA_TYPE, body, headers);
    }
}
