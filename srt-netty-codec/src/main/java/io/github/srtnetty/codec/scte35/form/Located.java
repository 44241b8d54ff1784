// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.form;

import io.github.srtnetty.codec.bits.MalformedDataException;

/** Failures of a part of a document. */
public final class Located {
    private Located() {}

    /** Returns the failure with the place before its field, for example {@code line 12: section_length}. */
    public static MalformedDataException at(String place, MalformedDataException failure) {
        return new MalformedDataException(place + ": " + failure.field(), failure.expected(), failure.actual());
    }
}
