// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtUri;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets picocli take {@code srt://} addresses: a wrong one is wrong usage. */
public final class UriConverter implements ITypeConverter<SrtUri> {
    /** The text about addresses in the help of a command; a line break is {@code %n}. */
    public static final String HELP =
            "%nAn SRT address is srt://HOST:PORT (caller) or srt://:PORT (listener), with libsrt's"
                    + " options as ?KEY=VALUE&KEY=VALUE.%npassphrase=file:PATH or passphrase=env:NAME keeps the"
                    + " passphrase out of the list of processes.";

    @Override
    public SrtUri convert(String text) {
        try {
            return SrtUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
