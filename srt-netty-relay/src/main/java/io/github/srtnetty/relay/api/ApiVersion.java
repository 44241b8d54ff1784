// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.api;

import io.github.srtnetty.libsrt.Srt;
import io.github.srtnetty.relay.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The versions of what runs.
 *
 * @param relay the version of this module
 * @param libsrt the version of libsrt
 * @param java the version of the JVM
 */
record ApiVersion(String relay, String libsrt, String java) {
    static ApiVersion read() {
        Properties properties = new Properties();
        try (InputStream in = ApiVersion.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "version.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties", e);
        }
        return new ApiVersion(
                properties.getProperty("version"), Srt.version(), System.getProperty("java.version", "unknown"));
    }

    byte[] json() {
        return Json.object(json -> {
            json.writeStringField("version", relay);
            json.writeStringField("libsrt", libsrt);
            json.writeStringField("java", java);
        });
    }
}
