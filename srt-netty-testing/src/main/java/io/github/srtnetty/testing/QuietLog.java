// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Switches all logging below errors off until it is closed: strangers make libsrt warn thousands of times. */
public final class QuietLog implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();

    public QuietLog() {
        root.setLevel(Level.ERROR);
    }

    @Override
    public void close() {
        root.setLevel(before);
    }
}
