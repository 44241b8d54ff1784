// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples;

import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.examples.demo.DemoStream;
import io.github.srtnetty.testing.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Streams to send, and how to compare them. */
public final class Material {
    private static final long SEED = 7;

    private Material() {}

    /** Returns the payloads of one second of transport stream. */
    static List<byte[]> oneSecond() throws IOException {
        return payloads(1);
    }

    public static TimedPayloads streamOf(int seconds) {
        return new DemoStream(seconds, SEED);
    }

    public static List<byte[]> payloads(int seconds) throws IOException {
        TimedPayloads stream = streamOf(seconds);
        List<byte[]> payloads = new ArrayList<>();
        for (var payload = stream.next(); payload != null; payload = stream.next()) {
            payloads.add(payload.bytes());
        }
        return payloads;
    }

    /** Has ffmpeg make two seconds of video and sound; copying them with ffmpeg gives the same bytes again. */
    static Path ffmpegFile(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve("in.ts");
        try (Peer ffmpeg =
                Peer.start(("ffmpeg -nostdin -loglevel error -f lavfi -i testsrc=size=320x240:rate=25:duration=2"
                                + " -f lavfi -i sine=frequency=440:duration=2 -c:v mpeg2video -b:v 1M -c:a mp2"
                                + " -fflags +bitexact -flags +bitexact -f mpegts " + file)
                        .split(" "))) {
            if (ffmpeg.awaitExit(Duration.ofSeconds(30)) != 0) {
                throw new AssertionError(ffmpeg.errors());
            }
        }
        return file;
    }

    public static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    public static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
