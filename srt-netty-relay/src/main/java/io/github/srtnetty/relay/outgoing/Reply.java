// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.outgoing;

import java.net.http.HttpHeaders;

/**
 * The answer of a server.
 *
 * @param status the status code
 * @param headers its headers
 * @param body its content, whole
 */
public record Reply(int status, HttpHeaders headers, byte[] body) {}
