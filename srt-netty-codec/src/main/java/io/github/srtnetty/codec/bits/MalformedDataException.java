// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.bits;

import io.netty.handler.codec.DecoderException;

/**
 * The only failure of the codecs: a field does not have the value that its syntax requires.
 *
 * <p>It has no stack trace, because it describes the data and not the code. A peer that sends bad data could otherwise
 * make the JVM walk its stack as often as it likes.
 */
public final class MalformedDataException extends DecoderException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String expected;
    private final String actual;

    /** Reports {@code field}, named as in the standard, with the expected and the actual value. */
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

    /** Returns the value that the syntax requires. */
    public String expected() {
        return expected;
    }

    /** Returns the value that was found. */
    public String actual() {
        return actual;
    }
}
