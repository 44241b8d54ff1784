// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import java.time.Duration;

/**
 * The limits of the HTTP server.
 *
 * @param connections open at once; a further one replaces an idle one, or is closed immediately
 * @param lineBytes of the request line; a longer one is answered with 414
 * @param headerBytes of all headers; longer ones are answered with 431
 * @param bodyBytes of the content; a longer one is answered with 413
 * @param request from the first byte of a request to its last; slower ones are answered with 408
 * @param idle between an answer and the next request; the connection is closed after that
 * @param write for a client to take an answer; the connection is closed after that
 * @param pipelined requests that wait for the answer of an earlier one; more stay in the socket
 */
public record HttpLimits(
        int connections,
        int lineBytes,
        int headerBytes,
        int bodyBytes,
        Duration request,
        Duration idle,
        Duration write,
        int pipelined) {

    /**
     * 64 connections are ten browsers. A line holds a stream's name of 255 characters, each percent-encoded in nine. A
     * body is the settings of one stream. The times are those of a slow network, not of a stranger who waits.
     */
    public static final HttpLimits DEFAULT = new HttpLimits(
            64, 8192, 8192, 64 << 10, Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(10), 8);
}
