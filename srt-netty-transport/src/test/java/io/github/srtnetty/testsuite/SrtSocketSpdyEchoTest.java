// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty's SocketSpdyEchoTest, which initializes a SocketChannel: a codec with state on both ways of a byte stream. */
@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketSpdyEchoTest {
    private static final int CONTROL = 0x8003;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 9;

    private final Loopback loopback = new Loopback();

    @AfterEach
    void close() {
        loopback.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesComeBackAsTheyWereSent(boolean autoRead) {
        loopback.listen(
                channel -> channel.pipeline().addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1), echo(autoRead)), b -> {
                    StreamMode.set(b);
                    b.childOption(ChannelOption.AUTO_READ, autoRead);
                });
        Recorder received = new Recorder();
        ByteBuf frames = frames();
        byte[] sent = ByteBufUtil.getBytes(frames);
        SrtChannel caller = loopback.connect(
                new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channel.pipeline().addLast(readsAgain(autoRead), received);
                    }
                },
                b -> {
                    StreamMode.set(b);
                    b.option(ChannelOption.AUTO_READ, autoRead);
                });

        caller.writeAndFlush(frames).syncUninterruptibly();

        Await.until("the echo", () -> joined(received).length >= sent.length);
        assertThat(joined(received)).isEqualTo(sent);
        assertThat(received.failures()).isEmpty();
    }

    /**
     * Frames of each kind that the codec writes as it read them: it drops unknown ones, and sorts header blocks anew.
     */
    private static ByteBuf frames() {
        ByteBuf frames = Unpooled.buffer();
        control(frames, SETTINGS, 12).writeInt(1).writeByte(1).writeMedium(4).writeInt(1000);
        frames.writeInt(1).writeByte(0).writeMedium(1024).writeBytes(new byte[1024]); // DATA of stream 1
        control(frames, PING, 4).writeInt(7);
        control(frames, WINDOW_UPDATE, 8).writeInt(1).writeInt(65_536);
        control(frames, GOAWAY, 8).writeInt(1).writeInt(0);
        return frames;
    }

    private static ByteBuf control(ByteBuf frames, int type, int length) {
        return frames.writeShort(CONTROL).writeShort(type).writeByte(0).writeMedium(length);
    }

    private static ChannelInboundHandlerAdapter echo(boolean autoRead) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                readUnless(autoRead, ctx);
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ctx.write(msg);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                ctx.flush();
                readUnless(autoRead, ctx);
            }
        };
    }

    private static ChannelInboundHandlerAdapter readsAgain(boolean autoRead) {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelActive(ChannelHandlerContext ctx) {
                readUnless(autoRead, ctx);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                readUnless(autoRead, ctx);
            }
        };
    }

    private static void readUnless(boolean autoRead, ChannelHandlerContext ctx) {
        if (!autoRead) {
            ctx.read();
        }
    }

    private static byte[] joined(Recorder recorder) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        recorder.messages().forEach(all::writeBytes);
        return all.toByteArray();
    }
}
