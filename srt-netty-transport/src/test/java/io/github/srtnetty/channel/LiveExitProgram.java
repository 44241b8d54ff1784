// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.ChildJvm;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends, by exit or by return, while connections are in use. */
final class LiveExitProgram {
    private static final int CALLERS = 4;

    private LiveExitProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Loopback loopback = new Loopback(2);
        CountDownLatch flowing = new CountDownLatch(CALLERS * 4);
        loopback.listen(channel -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                ReferenceCountUtil.release(msg);
                flowing.countDown();
            }
        }));
        for (int i = 0; i < CALLERS; i++) {
            pump(loopback.connect(new ChannelInboundHandlerAdapter()));
        }
        flowing.await();
        System.out.println("live");
        if (args[0].equals("exit")) {
            System.exit(0);
        }
    }

    /**
     * Returns what a run printed, without how long a filter took, as the machine is busy, and without libsrt's own
     * lines of an accept while it closed the listener.
     */
    static List<String> linesOf(ChildJvm.Result result) {
        return result.output()
                .lines()
                .filter(line -> !line.contains("the accept filter took"))
                .filter(line -> !line.contains(" libsrt: accept: srt_accept: "))
                .toList();
    }

    private static void pump(SrtChannel caller) {
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[1316])).addListener(future -> {
            if (future.isSuccess()) {
                caller.eventLoop().schedule(() -> pump(caller), 1, TimeUnit.MILLISECONDS);
            }
        });
    }
}
