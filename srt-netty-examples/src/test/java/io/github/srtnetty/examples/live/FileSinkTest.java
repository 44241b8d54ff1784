// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.testing.Await;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FileSinkTest {
    private static final int LONGEST_PAYLOAD = 1456;
    private static final int MOST_PAYLOADS = 300_000;

    @Tag("slow")
    @Test
    void stopsReading_whenPayloadsOfOneByteHaveTakenItsMemory_andWritesThemAll() throws Exception {
        CountDownLatch disk = new CountDownLatch(1);
        AtomicLong written = new AtomicLong();
        FileSink sink = new FileSink(new SlowDisk(disk, written));
        EmbeddedChannel channel = new EmbeddedChannel(sink);

        int sent = 0;
        while (channel.config().isAutoRead() && sent < MOST_PAYLOADS) {
            channel.writeInbound(
                    PooledByteBufAllocator.DEFAULT.directBuffer(LONGEST_PAYLOAD).writeByte(7));
            sent++;
        }

        assertThat(sent)
                .isLessThan(150_000); // 16 MiB of entries of 256 bytes, and what the writer took before it stood
        disk.countDown();
        Await.until("it reads again", () -> channel.config().isAutoRead());
        sink.close();
        assertThat(written).hasValue(sent);
        channel.finishAndReleaseAll();
    }

    /** Writes nothing until the latch is open. */
    private static final class SlowDisk extends OutputStream {
        private final CountDownLatch open;
        private final AtomicLong written;

        SlowDisk(CountDownLatch open, AtomicLong written) {
            this.open = open;
            this.written = written;
        }

        @Override
        public void write(int b) {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            written.addAndGet(length);
        }
    }
}
