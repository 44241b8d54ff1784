// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;

/** Detects whether output goes to a terminal. */
public final class Terminal {
    private Terminal() {}

    /** Returns whether standard output is a terminal. */
    public static boolean isOutput() {
        return isTerminal(Descriptors.OUTPUT);
    }

    /** Returns whether standard error is a terminal. */
    public static boolean isErrors() {
        return isTerminal(Descriptors.ERRORS);
    }

    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Descriptors.FOLDER.resolve(Integer.toString(descriptor)))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isConsole(); // no Linux
        }
    }

    // Since Java 22 there is a console even without a terminal; it has a method to detect that.
    private static boolean isConsole() {
        if (System.console() == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(System.console());
        } catch (ReflectiveOperationException e) {
            return Runtime.version().feature() < 22;
        }
    }
}
