// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.bootstrap.SrtUri;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts {@code srt://} addresses for picocli; an invalid one is wrong usage. */
public final class UriConverter implements ITypeConverter<SrtUri> {
    /** The text about addresses in the help of a command; a line break is {@code %n}. */
    public static final String HELP =
            "%nAn SRT address is srt://HOST:PORT (caller) or srt://:PORT (listener), followed by"
                    + " libsrt's options as ?KEY=VALUE&KEY=VALUE, for example ?latency=200"
                    + " (milliseconds).%npassphrase=file:PATH or passphrase=env:NAME reads the passphrase from"
                    + " a file or an environment variable and keeps it out of the process list.";

    @Override
    public SrtUri convert(String text) {
        try {
            return SrtUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
