// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.libsrt.SrtLog;
import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/** Forwards libsrt's log lines to Netty's logging, under the logger {@code io.github.srtnetty.libsrt}. */
final class SrtLogging {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance("io.github.srtnetty.libsrt");

    private SrtLogging() {}

    static void install() {
        SrtLog.setSink(SrtLogging::log);
    }

    private static void log(System.Logger.Level level, String area, String message) {
        LOGGER.log(levelOf(level), "{}: {}", area, message);
    }

    private static InternalLogLevel levelOf(System.Logger.Level level) {
        return switch (level) {
            case ERROR -> InternalLogLevel.ERROR;
            case WARNING -> InternalLogLevel.WARN;
            case INFO -> InternalLogLevel.INFO;
            case DEBUG -> InternalLogLevel.DEBUG;
            default -> InternalLogLevel.TRACE;
        };
    }
}
