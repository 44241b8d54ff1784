// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.config.RelaySetting;
import io.github.srtnetty.relay.config.RelayState;
import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.github.srtnetty.relay.http.RequestTarget;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NetUtil;

/**
 * The names under which the relay answers. A page of a stranger in a local browser can make its own host name resolve
 * to this relay and read the answers (DNS rebinding), so the name must be one of these. An address cannot be abused
 * this way.
 *
 * @param ownHost the host of {@code --http}
 * @param state has the host of the configuration
 */
record OwnHosts(String ownHost, RelayState state) {
    private static final int MISDIRECTED = 421;

    /**
     * Checks the host of a request. Old clients without a Host are no browsers. The host of a target in absolute form
     * counts instead of the header's (RFC 9112, 3.2.2).
     *
     * @throws HttpProblem 421
     */
    void check(HttpCall call, RequestTarget target) {
        String header = call.headers().get(HttpHeaderNames.HOST);
        String host = target.authority() == null ? header : target.authority();
        boolean ours = host == null ? call.version().equals(HttpVersion.HTTP_1_0) : isOurs(host);
        if (!ours) {
            throw new HttpProblem(
                    MISDIRECTED, "the relay does not answer under this host name; set httpHost in the configuration");
        }
    }

    private boolean isOurs(String host) {
        String name = host.replaceFirst(":\\d*$", "");
        return !name.isEmpty()
                && (NetUtil.isValidIpV4Address(name)
                        || name.startsWith("[") && name.endsWith("]") && NetUtil.isValidIpV6Address(name)
                        || name.equalsIgnoreCase("localhost")
                        || name.equalsIgnoreCase(ownHost)
                        || name.equalsIgnoreCase(state.rules().text(RelaySetting.HTTP_HOST)));
    }
}
