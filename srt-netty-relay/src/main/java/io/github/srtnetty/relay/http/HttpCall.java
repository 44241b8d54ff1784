// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;

/**
 * A complete request.
 *
 * @param method as it was sent, such as GET
 * @param uri the target as it was sent
 * @param version HTTP/1.0 or HTTP/1.1
 * @param headers as they were sent
 * @param body the content, empty without one
 * @param peer the other side of the connection: the client, or the proxy before it
 * @param secure whether it came over TLS
 */
public record HttpCall(
        HttpMethod method,
        String uri,
        HttpVersion version,
        HttpHeaders headers,
        byte[] body,
        InetSocketAddress peer,
        boolean secure) {

    /** Leaves headers and content out, which may hold secrets. */
    @Override
    public String toString() {
        return method + " of " + peer;
    }
}
