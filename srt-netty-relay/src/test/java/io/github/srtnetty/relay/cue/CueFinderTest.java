// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.cue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.SpliceNull;
import io.github.srtnetty.codec.scte35.form.CueLine;
import io.github.srtnetty.testing.LeakExtension;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cues in the payloads of a publisher. */
@ExtendWith(LeakExtension.class)
class CueFinderTest {
    private final CueStream stream = new CueStream();
    private final List<Scte35Cue> found = new ArrayList<>();
    private final CueFinder finder = new CueFinder(found::add);

    @Test
    void findsEachCueOnce_andNoHeartbeats() {
        finder.payload(stream.cue(1)); // before the tables: nobody knows the PID
        finder.payload(stream.tables());
        finder.payload(stream.cue(2));
        finder.payload(stream.video());
        finder.payload(stream.cue(2));
        finder.payload(stream.cue(new SpliceNull()));
        finder.payload(stream.cue(3));
        finder.close();

        assertThat(found.stream().map(CueLine::describe))
                .containsExactly(
                        "PID 0x102 splice_insert event 2 out of network",
                        "PID 0x102 splice_insert event 3 out of network");
    }

    @Test
    void findsACueThatIsCutBetweenTwoPayloads() {
        ByteBuf all = Unpooled.wrappedBuffer(stream.tables(), stream.video(), stream.cue(7), stream.video());
        while (all.isReadable()) {
            finder.payload(all.readRetainedSlice(Math.min(100, all.readableBytes())));
        }
        all.release();
        finder.close();

        assertThat(found).hasSize(1);
    }

    @Tag("slow")
    @Test
    void takesWhatIsNoMpegTs() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(1457)];
            random.nextBytes(bytes);
            for (int at = random.nextInt(188); at < bytes.length && i % 2 == 0; at += 188) {
                bytes[at] = 0x47;
            }
            ByteBuf payload = Unpooled.wrappedBuffer(bytes);
            finder.payload(payload);
        }
        finder.close();
    }
}
