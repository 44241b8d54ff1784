// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.examples.Material;
import io.github.srtnetty.relay.stream.Intake;
import io.github.srtnetty.testing.Await;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final MediaOptions BY_CLOCK = new MediaOptions(false, false, 1316, MediaOptions.Pace.BY_CLOCK);
    private static final int SECONDS = 2;
    private static final long OUTAGE_NANOS = TimeUnit.MILLISECONDS.toNanos(1200);

    @TempDir
    Path folder;

    @Tag("slow")
    @Test
    void goesOnAtItsPace_afterAnOutageOfItsOutput() throws Exception {
        Path file = Files.write(folder.resolve("in.ts"), Material.joined(Material.payloads(SECONDS)));
        Outage outage = new Outage();
        try (FileSource input = new FileSource(file, BY_CLOCK)) {
            input.open(outage);

            input.ended().get(20, TimeUnit.SECONDS);
        }
        long restNanos = System.nanoTime() - outage.endNanos;
        assertThat(restNanos).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(SECONDS * 1000 - 300));
    }

    /** Has no room for a while after the first payload. */
    private static final class Outage implements Intake {
        private boolean begun;
        private boolean over;
        private volatile long endNanos;

        @Override
        public void payload(ByteBuf payload, long sourceTimeMicros) {
            begun = true;
            payload.release();
        }

        @Override
        public void awaitRoom() {
            if (begun && !over) {
                endNanos = System.nanoTime() + OUTAGE_NANOS;
                Await.until("room", () -> System.nanoTime() - endNanos > 0);
                over = true;
            }
        }
    }
}
