// SPDX-License-Identifier: Apache-2.0
/**
 * JSON Web Tokens in stream ids. Only this package needs Nimbus JOSE + JWT, which is optional. Internal to the relay.
 */
@NullMarked
package io.github.srtnetty.relay.jwt;

import org.jspecify.annotations.NullMarked;
