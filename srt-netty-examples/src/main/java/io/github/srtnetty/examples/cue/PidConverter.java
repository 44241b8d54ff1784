// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes PIDs in decimal and, with 0x, hexadecimal notation; a leading 0 changes nothing. */
final class PidConverter implements ITypeConverter<Integer> {
    private static final int LAST_PID = 0x1FFF;

    @Override
    public Integer convert(String text) {
        try {
            boolean hex = text.startsWith("0x") || text.startsWith("0X");
            int pid = hex ? Integer.parseInt(text.substring(2), 16) : Integer.parseInt(text);
            if (pid >= 0 && pid <= LAST_PID) {
                return pid;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(text + " is no PID");
        }
        throw new TypeConversionException(text + " is not between 0 and 8191");
    }
}
