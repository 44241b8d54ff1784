// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.channel.SrtUri;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Lets picocli take {@code srt://} addresses: a wrong one is wrong usage. */
public final class UriConverter implements ITypeConverter<SrtUri> {
    @Override
    public SrtUri convert(String text) {
        try {
            return SrtUri.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
