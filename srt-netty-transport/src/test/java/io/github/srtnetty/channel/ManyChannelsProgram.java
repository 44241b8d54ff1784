// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.github.srtnetty.channel.testing.Loopback;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the Java threads before and after many channels, and the heap for each; argument: the number of channels. */
final class ManyChannelsProgram {
    private static final int WARM_UP = 20;

    private ManyChannelsProgram() {}

    public static void main(String[] args) throws InterruptedException {
        int pairs = Integer.parseInt(args[0]) / 2;
        try (Loopback loopback = new Loopback(2)) {
            loopback.listen(channel -> {});
            List<SrtChannel> channels = new ArrayList<>(2 * pairs + 2 * WARM_UP);
            int port = connect(loopback, channels, WARM_UP, 0);
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            long heap = usedHeap();
            connect(loopback, channels, pairs, port);
            System.out.printf(
                    Locale.ROOT,
                    "threads %d %d heap %d%n",
                    threads,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    (usedHeap() - heap) / (2L * pairs));
            channels.forEach(channel -> channel.config().setSoLinger(0));
        }
    }

    /** Connects pairs whose callers share one local port, as libsrt gives each port two threads; returns the port. */
    private static int connect(Loopback loopback, List<SrtChannel> channels, int pairs, int sharedPort)
            throws InterruptedException {
        int port = sharedPort;
        for (int i = 0; i < pairs; i++) {
            InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            SrtChannel caller = loopback.connect(new ChannelInboundHandlerAdapter(), b -> b.localAddress(local));
            port = caller.localAddress().getPort();
            channels.add(caller);
            channels.add(loopback.accepted());
        }
        return port;
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            used = Math.min(used, memory.getHeapMemoryUsage().getUsed());
        }
        return used;
    }
}
