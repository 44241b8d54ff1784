// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.bootstrap.SrtSender;
import io.github.srtnetty.codec.mpegts.PcrPayloads;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends a transport stream at the pace of its clock. */
public final class PcrFile {
    private PcrFile() {}

    static void send(Path file, String uri) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                SrtSender sender = SrtSender.open(uri)) {
            PcrPayloads payloads = PcrPayloads.open(in, TimedPayloads.TS_PAYLOAD_BYTES);
            for (var payload = payloads.next(); payload != null; payload = payloads.next()) {
                sender.send(payload.bytes(), payload.dueNanos());
            }
        }
    }
}
