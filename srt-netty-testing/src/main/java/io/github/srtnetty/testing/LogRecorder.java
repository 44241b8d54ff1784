// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Keeps what a class logs until it is closed. */
public final class LogRecorder implements AutoCloseable {
    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            messages.add(event.getLevel() + " " + event.getFormattedMessage());
            for (IThrowableProxy t = event.getThrowableProxy(); t != null; t = t.getCause()) {
                messages.add(t.getClassName() + ": " + t.getMessage());
            }
        }
    };

    public LogRecorder(Class<?> logging) {
        this(logging.getName());
    }

    private LogRecorder(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        appender.start();
        logger.addAppender(appender);
    }

    /** Keeps what all classes log. */
    public static LogRecorder ofAll() {
        return new LogRecorder(Logger.ROOT_LOGGER_NAME);
    }

    /** Returns the lines so far, and the messages of the exceptions that were logged with them. */
    public List<String> messages() {
        return messages;
    }

    public void awaitMessage(String part) {
        Await.until("a log message with: " + part, () -> messages.stream().anyMatch(m -> m.contains(part)));
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
