// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where another node may listen. */
record Seed(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /** Reads {@code host:port} or {@code [IPv6 address]:port}; fails with a one-sentence message if it is neither. */
    static Seed parse(String text) {
        Matcher matcher = FORM.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("a seed must be host:port, for example 10.0.0.1:7800, not " + text);
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new Seed(host, port);
    }

    /** Returns it in the form that the engine uses. */
    String forEngine() {
        return host + "[" + port + "]";
    }
}
