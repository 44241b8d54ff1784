// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;

/** Writes stack traces into a log as {@code %ex} does, but without secrets: {@code %maskedEx} in logback.xml. */
public final class MaskedTraceConverter extends ThrowableProxyConverter {
    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return SecretMask.trace(super.throwableProxyToString(failure)) + System.lineSeparator();
    }
}
