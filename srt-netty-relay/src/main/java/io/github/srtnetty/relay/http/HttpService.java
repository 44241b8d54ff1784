// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.http;

import java.util.concurrent.CompletionStage;

/** Answers requests. */
@FunctionalInterface
public interface HttpService {
    /**
     * Begins to answer a request. Runs on the HTTP event loop, so it does not block; the answer may come from any
     * thread. A failure with {@link HttpProblem} becomes its answer, any other becomes 500.
     */
    CompletionStage<HttpAnswer> serve(HttpCall call);
}
