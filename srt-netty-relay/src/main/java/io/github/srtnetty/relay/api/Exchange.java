// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.relay.gate.Caller;
import io.github.srtnetty.relay.http.HttpCall;
import java.util.Map;
import java.util.Objects;

/**
 * A request for a {@link Route}.
 *
 * @param call the request
 * @param caller the sender
 * @param path the variables of the path, decoded
 * @param query the parameters of the query, decoded
 */
record Exchange(HttpCall call, Caller caller, Map<String, String> path, Map<String, String> query) {
    /** Returns a variable of the path. */
    String path(String name) {
        return Objects.requireNonNull(path.get(name), name);
    }
}
