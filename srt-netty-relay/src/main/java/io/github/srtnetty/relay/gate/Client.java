// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.gate;

import io.github.srtnetty.relay.auth.ApiRules;
import io.github.srtnetty.relay.auth.ApiRules.ProxyHeader;
import io.github.srtnetty.relay.http.HttpCall;
import io.github.srtnetty.relay.http.HttpProblem;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The client of a request. The header of a proxy is used only if the peer is a trusted proxy. It is read from the right
 * up to the first address that is not a trusted proxy, because everything to the left can be forged.
 *
 * @param address the client, or the proxy if it is not trusted
 * @param forwarded whether any proxy was involved, trusted or not
 */
record Client(InetAddress address, boolean forwarded) {
    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for\\s*=\\s*(\"[^\"]*\"|[^;,\\s\"]*)\\s*(?=;|$)", Pattern.CASE_INSENSITIVE);
    private static final List<String> TRACES = List.of("x-forwarded-for", "forwarded", "x-real-ip", "via");

    /**
     * Finds the client.
     *
     * @throws HttpProblem 400 if a trusted proxy names anything but addresses
     */
    static Client of(HttpCall call, ApiRules rules) {
        boolean forwarded = TRACES.stream().anyMatch(call.headers()::contains);
        InetAddress client = call.peer().getAddress();
        List<String> hops = hops(call, rules.proxyHeader());
        for (int i = hops.size() - 1; i >= 0 && rules.trusts(client); i--) {
            client = address(hops.get(i));
        }
        return new Client(client, forwarded);
    }

    /** Returns whether it appears to be a program on this machine. */
    boolean isLocal() {
        return address.isLoopbackAddress() && !forwarded;
    }

    private static List<String> hops(HttpCall call, ProxyHeader header) {
        List<String> hops = new ArrayList<>();
        for (String line : call.headers().getAll(header.header())) {
            for (String element : line.split(",", -1)) {
                hops.add(header == ProxyHeader.FORWARDED ? named(element) : element.strip());
            }
        }
        return hops;
    }

    /** Returns the node behind {@code for=} (RFC 7239, 4). */
    private static String named(String element) {
        Matcher found = FOR.matcher(element.strip());
        return found.find() ? found.group(1).replace("\"", "") : "";
    }

    private static InetAddress address(String hop) {
        String host = hop;
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            host = end < 0 || !host.substring(end + 1).matches("(:\\d{1,5})?") ? "" : host.substring(1, end);
        } else if (host.matches("[0-9.]+:\\d{1,5}")) {
            host = host.substring(0, host.indexOf(':'));
        }
        boolean valid = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host) && host.indexOf('%') < 0;
        if (!valid) {
            throw new HttpProblem(400, "the header of the proxy does not name an address");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new HttpProblem(400, "the header of the proxy does not name an address");
        }
    }
}
