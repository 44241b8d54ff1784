// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtPacing;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A file region that has no bytes for a moment, without libsrt and with the time of a fake loop. */
class SlowFileRegionTest {
    private static final SrtPacing.Writing PACING = SrtPacing.DEFAULT.writing();

    private final FakeLoop loop = new FakeLoop();
    private final FakeSocket socket = new FakeSocket();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final DefaultChannelConfig config = new DefaultChannelConfig(channel);
    private final SrtWriter writer = new SrtWriter(socket, loop, config, PACING, this::flush);
    private @Nullable IOException failure;

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void isAskedAgain_laterEachTime() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        Region region = new Region("abcdef", 3);
        ChannelFuture written = channel.write(region);

        flush();
        assertThat(region.asked).isOne();
        loop.pass(PACING.refillNanos() - 1);
        assertThat(region.asked).isOne();
        loop.pass(1);
        assertThat(region.asked).isEqualTo(2);
        loop.pass(2 * PACING.refillNanos());
        assertThat(region.asked).isEqualTo(3);
        assertThat(written.isDone()).isFalse();
        loop.pass(4 * PACING.refillNanos());

        assertThat(failure).isNull();
        assertThat(written.isSuccess()).isTrue();
        assertThat(String.join("", socket.sent)).isEqualTo("abcdef");
        assertThat(loop.timers()).isZero();
        assertThat(loop.muted()).isSameAs(SrtIoOps.NONE);
    }

    @Test
    void fails_whenItHadNothingForTooLong() {
        writer.connected(ConnectionParameters.stream(PACING.leastBufferBytes()));
        Region region = new Region("abcdef", Integer.MAX_VALUE);
        channel.write(region);

        flush();
        long passed = 0;
        while (failure == null && passed <= 2 * PACING.emptyLimitNanos()) {
            loop.pass(PACING.longestEmptyRetryNanos());
            passed += PACING.longestEmptyRetryNanos();
        }

        assertThat(failure).hasMessage("the file ended after 0 of 6 bytes: it had no more for 30 s");
        assertThat(passed).isBetween(PACING.emptyLimitNanos(), PACING.emptyLimitNanos() * 11 / 10);
        assertThat(region.asked).as("tries").isLessThan(400);
    }

    private void flush() {
        writer.unblock();
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        out.addFlush();
        try {
            writer.write(out);
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Has nothing for some time, then all its text. */
    private static final class Region extends DefaultFileRegion {
        private final byte[] content;
        private final int emptyTimes;
        private int asked;
        private long transferred;

        Region(String text, int emptyTimes) {
            super(new File("none"), 0, text.length());
            content = text.getBytes(StandardCharsets.US_ASCII);
            this.emptyTimes = emptyTimes;
        }

        @Override
        public long transferTo(WritableByteChannel target, long position) throws IOException {
            if (asked++ < emptyTimes) {
                return 0;
            }
            ByteBuffer rest = ByteBuffer.wrap(content, (int) position, content.length - (int) position);
            int written = target.write(rest);
            transferred += written;
            return written;
        }

        @Override
        public long transferred() {
            return transferred;
        }
    }
}
