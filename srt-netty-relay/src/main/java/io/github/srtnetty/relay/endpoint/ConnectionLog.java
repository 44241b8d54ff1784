// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.monitor.CallerLog;
import io.github.srtnetty.relay.stream.Connection;
import io.github.srtnetty.relay.streamid.StreamRequest;
import java.util.Locale;

/**
 * Logs lines about one connection, each with its stream, peer and role.
 *
 * @param connection the connection
 * @param request what its caller asked for
 * @param log takes the lines, within its limit
 */
record ConnectionLog(Connection connection, StreamRequest request, CallerLog log) {
    void line(String format, Object... values) {
        String label = connection.label();
        String user = label.isEmpty() ? "" : " user=\"" + label.replace('"', '\'') + "\"";
        String node = connection.node() == null ? "" : " node=" + connection.node();
        log.connection("stream=" + request.name() + " peer=" + connection.peer() + " role=" + request.role() + user
                + node + " " + String.format(Locale.ROOT, format, values));
    }
}
