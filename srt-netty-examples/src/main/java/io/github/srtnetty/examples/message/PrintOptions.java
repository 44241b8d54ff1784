// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.message;

import io.github.srtnetty.libsrt.PeerText;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** How the texts of a peer are printed. */
final class PrintOptions {
    @Option(
            names = "--raw",
            description =
                    "print the texts of the peer as they are: control characters reach the terminal, and a text may"
                            + " have several lines; without it they are escaped as in Java source, and a backslash"
                            + " is two")
    private boolean raw;

    /** Returns the form of a text: on one line, and without control characters, unless the user wants it as it is. */
    UnaryOperator<String> form() {
        return raw ? UnaryOperator.identity() : PeerText::printable;
    }
}
