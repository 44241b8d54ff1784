// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.channel.SrtChannel;
import org.jspecify.annotations.Nullable;

/** A source or sink over SRT, whose connection has statistics. */
public interface SrtMedium {
    /** Returns the current connection, null if there is none. Any thread. */
    @Nullable
    SrtChannel channel();
}
