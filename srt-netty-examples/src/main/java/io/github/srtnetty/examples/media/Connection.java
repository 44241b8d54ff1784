// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import io.github.srtnetty.channel.SrtChannel;
import org.jspecify.annotations.Nullable;

/** An input or output over SRT, which has statistics. */
public interface Connection {
    /** Returns the connection that is up now, null where there is none. Any thread. */
    @Nullable
    SrtChannel channel();
}
