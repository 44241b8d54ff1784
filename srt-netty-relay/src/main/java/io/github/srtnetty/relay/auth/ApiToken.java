// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.auth;

/**
 * A token of the control API.
 *
 * @param name the name of its owner, for the log
 * @param role what it allows
 * @param hash the salted hash of the token
 */
public record ApiToken(String name, ApiRole role, TokenHash hash) {}
