// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Takes PIDs in decimal and hexadecimal notation. */
final class PidConverter implements ITypeConverter<Integer> {
    private static final int LAST_PID = 0x1FFF;

    @Override
    public Integer convert(String text) {
        try {
            int pid = Integer.decode(text);
            if (pid >= 0 && pid <= LAST_PID) {
                return pid;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException(text + " is no PID");
        }
        throw new TypeConversionException(text + " is not between 0 and 8191");
    }
}
