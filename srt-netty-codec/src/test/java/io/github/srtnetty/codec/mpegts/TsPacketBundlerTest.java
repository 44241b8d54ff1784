// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import static io.github.srtnetty.codec.mpegts.TsBytes.concat;
import static io.github.srtnetty.codec.mpegts.TsBytes.filled;
import static io.github.srtnetty.codec.mpegts.TsBytes.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.BufferMemory;
import io.github.srtnetty.codec.bits.MalformedDataException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TsPacketBundlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new TsPacketBundler());

    @Test
    void bundlesSevenPacketsIntoAMessage() {
        List<ChannelFuture> writes = new ArrayList<>();
        for (byte[] packet : TsBytes.split(numbered(15))) {
            writes.add(channel.write(pooled(packet)));
        }
        channel.flush();

        assertThat(sizes()).containsExactly(1316, 1316, 188);
        assertThat(writes).allMatch(ChannelFuture::isSuccess);
    }

    @Test
    void passesAFullMessageOnWithoutACopy() {
        ByteBuf message = pooled(numbered(7));

        channel.writeOutbound(message);
        ByteBuf sent = channel.readOutbound();

        assertThat(sent.memoryAddress()).isEqualTo(message.memoryAddress());
        assertThat(sent.release()).isTrue();
        assertThat(message.refCnt()).isZero();
    }

    @Test
    void copiesAMessageThatIsASmallPartOfALargeBuffer_soThatTheBufferIsFree() {
        ByteBuf large = PooledByteBufAllocator.DEFAULT.directBuffer(64 << 10).writeBytes(numbered(7));

        channel.writeOutbound(TsPackets.of(large));
        ByteBuf sent = channel.readOutbound();

        assertThat(large.refCnt()).isZero();
        assertThat(BufferMemory.heldBytes(sent)).isEqualTo(1316);
        sent.release();
    }

    @Test
    void cutsALongWrite_andKeepsTheOrder() {
        byte[] stream = numbered(20);

        ChannelFuture first = channel.write(pooled(Arrays.copyOf(stream, 2 * 188)));
        ChannelFuture second = channel.write(TsPackets.of(pooled(Arrays.copyOfRange(stream, 2 * 188, 20 * 188))));
        assertThat(first.isDone()).isFalse();
        channel.flush();

        assertThat(first.isSuccess() && second.isSuccess()).isTrue();
        assertThat(sent()).isEqualTo(stream);
    }

    @Test
    void takesOnlyThePacketsOutOfM2ts() {
        byte[] stream = numbered(7);
        byte[] m2ts = {};
        for (byte[] packet : TsBytes.split(stream)) {
            m2ts = concat(m2ts, filled(4, 9), packet);
        }

        channel.writeOutbound(TsPackets.of(pooled(m2ts), TsPacketFormat.M2TS_192, 0));

        assertThat(sent()).isEqualTo(stream);
    }

    @Test
    void failsAWriteOfOtherBytes() {
        ByteBuf odd = pooled(new byte[189]);

        ChannelFuture write = channel.writeAndFlush(odd);

        assertThat(write.cause()).isInstanceOf(MalformedDataException.class);
        assertThat(odd.refCnt()).isZero();
    }

    @Test
    void writesWhatIsHeld_beforeOtherMessages() {
        channel.write(pooled(numbered(1)));
        channel.write("other");
        channel.flush();

        channel.<ByteBuf>readOutbound().release();
        assertThat(channel.<String>readOutbound()).isEqualTo("other");
    }

    @Test
    void writesWhatIsHeld_beforeTheChannelCloses() {
        channel.write(pooled(numbered(2)));

        channel.close();

        assertThat(sizes()).containsExactly(376);
    }

    @Test
    void writesWhatIsHeld_whenItIsRemoved() {
        channel.write(pooled(numbered(2)));

        channel.pipeline().remove(TsPacketBundler.class);

        assertThat(sizes()).containsExactly(376);
    }

    @Test
    void holdsAPartOverAFlush_untilTheDelayIsOver() {
        EmbeddedChannel delayed = new EmbeddedChannel(new TsPacketBundler(7, Duration.ofMillis(20)));
        delayed.freezeTime();

        delayed.writeAndFlush(pooled(numbered(9)));
        delayed.<ByteBuf>readOutbound().release();
        assertThat(delayed.<ByteBuf>readOutbound()).isNull();
        delayed.advanceTimeBy(21, TimeUnit.MILLISECONDS);
        delayed.runScheduledPendingTasks();

        ByteBuf rest = delayed.readOutbound();
        assertThat(rest.readableBytes()).isEqualTo(376);
        rest.release();
    }

    @Test
    void dropsTheTimer_whenTheMessageFillsUp() {
        EmbeddedChannel delayed = new EmbeddedChannel(new TsPacketBundler(2, Duration.ofMillis(20)));

        delayed.writeAndFlush(pooled(numbered(1)));
        delayed.writeAndFlush(pooled(numbered(1)));

        ByteBuf full = delayed.readOutbound();
        assertThat(full.readableBytes()).isEqualTo(376);
        assertThat(delayed.hasPendingTasks()).isFalse();
        full.release();
    }

    @Test
    void failsEveryWriteOfAMessageThatFails() {
        EmbeddedChannel broken = new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                        ReferenceCountUtil.release(msg);
                        promise.setFailure(new IOException("gone"));
                    }
                },
                new TsPacketBundler());

        ChannelFuture first = broken.write(pooled(numbered(3)));
        ChannelFuture second = broken.write(pooled(numbered(8)));
        broken.flush();

        assertThat(first.cause()).hasMessage("gone");
        assertThat(second.cause()).hasMessage("gone");
    }

    @Test
    void passesTheRestOfAWriteOn_whenItsFirstMessageFails() {
        List<Integer> passedOn = new ArrayList<>();
        EmbeddedChannel broken = channelThatFailsTheFirst(passedOn);

        ChannelFuture write = broken.write(pooled(numbered(14)));

        assertThat(passedOn).containsExactly(1316, 1316);
        assertThat(write.cause()).hasMessage("gone");
    }

    @Test
    void completesAWriteWithItsLastMessage_alsoWhenItsFirstFailed() {
        List<Integer> passedOn = new ArrayList<>();
        EmbeddedChannel broken = channelThatFailsTheFirst(passedOn);

        ChannelFuture write = broken.write(pooled(numbered(15)));

        assertThat(write.isDone()).isFalse();
        broken.flush();
        assertThat(passedOn).containsExactly(1316, 1316, 188);
        assertThat(write.cause()).hasMessage("gone");
    }

    /** Adds the size of each message to {@code passedOn}. */
    private static EmbeddedChannel channelThatFailsTheFirst(List<Integer> passedOn) {
        return new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                        passedOn.add(((ByteBuf) msg).readableBytes());
                        ReferenceCountUtil.release(msg);
                        if (passedOn.size() == 1) {
                            promise.setFailure(new IOException("gone"));
                        } else {
                            promise.setSuccess();
                        }
                    }
                },
                new TsPacketBundler());
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        assertThatThrownBy(() -> new TsPacketBundler(0, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TsPacketBundler(7, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Integer> sizes() {
        List<Integer> sizes = new ArrayList<>();
        for (ByteBuf message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            sizes.add(message.readableBytes());
            message.release();
        }
        return sizes;
    }

    private byte[] sent() {
        byte[] all = {};
        for (ByteBuf message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            byte[] bytes = new byte[message.readableBytes()];
            message.readBytes(bytes).release();
            all = concat(all, bytes);
        }
        return all;
    }

    private static ByteBuf pooled(byte[] bytes) {
        return PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    }
}
