// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.libsrt.PeerText;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for printing the texts of a peer. */
final class PrintOptions {
    @Option(
            names = "--raw",
            description = "print the bytes of the peer unchanged, so control characters reach the terminal and a"
                    + " text can have several lines; without this option they are escaped as in Java source, a"
                    + " backslash is doubled, and bytes that are not UTF-8 are replaced")
    private boolean raw;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Ends the command where an address is one of stream mode, which has no messages: none would be printed.
     *
     * @throws ParameterException with the reason
     */
    void requireMessages(SrtUri uri) {
        boolean file = uri.option(SrtChannelOption.SRTO_TRANSTYPE) == SrtTransmissionType.FILE;
        if (file && !Boolean.TRUE.equals(uri.option(SrtChannelOption.SRTO_MESSAGEAPI))) {
            throw new ParameterException(
                    spec.commandLine(), "transtype=file is a stream without messages: add messageapi=1 to the address");
        }
    }

    /** Returns the form of a text: on one line, and without control characters, unless the user wants it as it is. */
    LinePrinter.Form form() {
        return raw ? content -> content : PrintOptions::printable;
    }

    private static byte[] printable(byte[] content) {
        return PeerText.printable(new String(content, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
}
