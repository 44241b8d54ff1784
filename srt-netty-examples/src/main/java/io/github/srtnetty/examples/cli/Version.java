// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.libsrt.Srt;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * Returns the version of the program and of the libsrt found, and the security fixes that it may lack.
 */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        String libsrt = Srt.isAvailable()
                ? Srt.version() + " (" + Srt.librarySource() + ")"
                : "not found: " + Failures.describe(Objects.requireNonNull(Srt.unavailabilityCause()));
        List<String> lines = new ArrayList<>(List.of(
                "srt-netty " + properties.getProperty("version"),
                "libsrt " + libsrt,
                "Java " + System.getProperty("java.version")));
        String warning = Srt.isAvailable() ? Srt.securityWarning() : null;
        if (warning != null) {
            lines.add("warning: " + warning);
        }
        return lines.toArray(String[]::new);
    }
}
