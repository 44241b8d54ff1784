// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import io.github.srtnetty.libsrt.WholeNumber;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads PIDs in decimal and, with 0x, in hexadecimal notation; leading zeros are ignored. */
final class PidConverter implements ITypeConverter<Integer> {
    private static final int LAST_PID = 0x1FFF;

    @Override
    public Integer convert(String text) {
        if (!WholeNumber.isUnsigned(text)) {
            throw new TypeConversionException(text + " is not a PID");
        }
        long pid = WholeNumber.saturated(text);
        if (pid > LAST_PID) {
            throw new TypeConversionException(text + " is not between 0 and " + LAST_PID);
        }
        return (int) pid;
    }
}
