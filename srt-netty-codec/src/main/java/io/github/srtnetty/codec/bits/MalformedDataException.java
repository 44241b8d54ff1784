// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.handler.codec.DecoderException;

/**
 * The one failure of the codecs: a field does not hold what its syntax asks for.
 *
 * <p>It has no stack trace: it describes the data, not the code, and a peer that sends bad data would otherwise choose
 * how often the JVM walks its stack.
 */
public final class MalformedDataException extends DecoderException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;
    private final String actual;

    /** Reports {@code field}, named as in the standard, with what was expected of it and what was there. */
    public MalformedDataException(String field, String expected, String actual) {
        super(field + ": expected " + expected + ", actual " + actual);
        this.field = field;
        this.expected = expected;
        this.actual = actual;
    }

    /** Does nothing: see the class. */
    @Override
    public MalformedDataException fillInStackTrace() {
        return this;
    }

    /** Returns the syntax element that failed, in the standard's spelling. */
    public String field() {
        return field;
    }

    /** Returns what the syntax asks for. */
    public String expected() {
        return expected;
    }

    /** Returns what was found. */
    public String actual() {
        return actual;
    }
}
