// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ffmpeg cannot write SCTE-35: it copies cues into PES packets of stream_type 0x06. bin/test installs it; a missing one
 * fails.
 */
@Tag("slow")
class FfmpegCopyTest {
    @Test
    void findsTheCuesThatFfmpegHasCopied(@TempDir Path directory) throws Exception {
        Path in = Files.write(directory.resolve("in.ts"), Samples.stream("scte35.ts"));
        Path out = directory.resolve("out.ts");
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-v",
                        "quiet",
                        "-i",
                        in.toString(),
                        "-map",
                        "0",
                        "-c",
                        "copy",
                        "-copyts",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(ffmpeg.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(ffmpeg.exitValue()).as("ffmpeg").isZero();

        Scte35Options all = Scte35Options.DEFAULT.withPrivateStreams(Scte35Options.PrivateStreams.ALL);
        List<Scte35Cue> cues = Streams.cuesOf(Files.readAllBytes(out), 1316, all);
        assertThat(cues)
                .extracting(cue -> cue.section().toBase64())
                .isEqualTo(Samples.streams().get("scte35.ts"));
        assertThat(cues).noneMatch(Scte35Cue::registered);
    }
}
