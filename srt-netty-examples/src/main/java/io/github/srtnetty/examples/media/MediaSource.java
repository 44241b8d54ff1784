// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.relay.stream.Source;
import java.io.IOException;

/** A source that an address names: SRT, UDP, a file or standard input. */
public interface MediaSource extends Source {
    /**
     * Begins to read; returns at once, or when the address is bound. A source that is not live calls {@link
     * Intake#awaitRoom} before each payload.
     *
     * @throws IOException if it cannot be opened at all
     */
    void open(Intake intake) throws IOException, InterruptedException;
}
