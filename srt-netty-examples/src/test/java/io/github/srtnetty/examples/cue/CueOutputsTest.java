// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.examples.Material;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where cues go: what one output fails with is its own. */
class CueOutputsTest {
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final List<Scte35Cue> printed = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void catchErrors() {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreErrors() {
        System.setErr(standardError);
    }

    @Test
    void theOthersGoOn_andTheFailureIsReportedOnce() throws IOException {
        CueOutputs outputs = new CueOutputs(List.of(
                cue -> {
                    throw new IOException("cannot write side.txt: No space left on device");
                },
                printed::add));
        List<Scte35Cue> cues = cues();
        cues.forEach(outputs::write);

        assertThat(cues).hasSizeGreaterThan(1);
        assertThat(printed).isEqualTo(cues);
        assertThat(outputs.hasFailed()).isTrue();
        assertThat(outputs.allFailed()).isNotDone();
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("srt-netty: cannot write side.txt: No space left on device\n");
    }

    @Test
    void aSidecarOnAFullDisk_orWhoseFolderIsGone_fails_andNamesItsFile() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        Sidecar full = new Sidecar(Path.of("/dev/full"));
        Sidecar homeless = new Sidecar(gone.resolve("side.txt"));
        Files.delete(gone);
        CueOutputs outputs = new CueOutputs(List.of(full::append, homeless::append, printed::add));
        List<Scte35Cue> cues = cues();
        cues.forEach(outputs::write);
        full.close();
        homeless.close();

        assertThat(printed).isEqualTo(cues);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("srt-netty: cannot write /dev/full: No space left on device\n" + "srt-netty: cannot write "
                        + gone.resolve("side.txt") + ": no such file or folder\n");
    }

    @Test
    void isDone_whenNoOutputIsLeft() throws IOException {
        CueOutputs outputs = new CueOutputs(List.of(cue -> {
            throw new IOException("cannot write to standard output");
        }));
        assertThat(outputs.hasFailed()).isFalse();
        outputs.write(cues().get(0));
        assertThat(outputs.allFailed()).isDone();
    }

    private static List<Scte35Cue> cues() throws IOException {
        EmbeddedChannel channel = new EmbeddedChannel(new TsPacketDecoder(), new Scte35Handler());
        channel.writeInbound(Unpooled.wrappedBuffer(Material.joined(Material.payloads(4))));
        channel.finish();
        List<Scte35Cue> cues = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof Scte35Cue cue) {
                cues.add(cue);
            }
            ReferenceCountUtil.release(next);
        }
        return cues;
    }
}
