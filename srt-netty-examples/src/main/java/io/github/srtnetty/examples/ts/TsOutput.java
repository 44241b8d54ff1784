// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.ts;

import java.io.IOException;

/** How events and reports are printed. */
interface TsOutput {
    /** Prints an event. */
    void event(TsEvent event) throws IOException;

    /** Prints what a stream had since the report before. */
    void interval(TsReport report) throws IOException;

    /** Prints what a stream had from its start to its end. */
    void summary(TsReport report) throws IOException;
}
