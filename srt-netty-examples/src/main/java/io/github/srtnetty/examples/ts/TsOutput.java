// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import java.io.IOException;

/** How events and reports are printed. */
interface TsOutput {
    /** Prints an event. */
    void event(TsEvent event) throws IOException;

    /** Prints the content of a stream since the previous report. */
    void interval(TsReport report) throws IOException;

    /** Prints the content of a stream from its start to its end. */
    void summary(TsReport report) throws IOException;
}
