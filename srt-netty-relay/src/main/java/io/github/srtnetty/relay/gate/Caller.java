// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

import io.github.srtnetty.relay.auth.ApiRole;
import java.net.InetAddress;

/**
 * The sender of a request that was let in.
 *
 * @param name the name of its token, {@code local} or {@code anonymous} without one
 * @param role what it may do
 * @param address the client, behind a trusted proxy
 */
public record Caller(String name, ApiRole role, InetAddress address) {}
