// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import com.sun.jna.NativeLibrary;
import io.github.srtnetty.channel.testing.CompleteDelivery;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.testing.Await;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Receives from one caller and prints how often it called each function of libsrt from the connection on until all was
 * there. Arguments: the library that counts (count_calls.c), and the number of packets. It says {@code port N}, {@code
 * ready}, then the figures.
 */
final class NativeCallsProgram {
    private static final Duration ALL = Duration.ofSeconds(60);

    private NativeCallsProgram() {}

    public static void main(String[] args) throws Exception {
        System.setProperty("srt.library.path", args[0]);
        int packets = Integer.parseInt(args[1]);
        Counter counter = new Counter();
        try (Loopback loopback = new Loopback(1)) {
            loopback.listen(channel -> channel.pipeline().addLast(counter), CompleteDelivery::set);
            System.out.println("port " + loopback.address().getPort());
            SrtChannel channel = loopback.accepted();
            NativeLibrary library = NativeLibrary.getInstance(args[0]);
            // on the loop, so that no turn is under way
            Map<String, Long> before =
                    channel.eventLoop().submit(() -> calls(library)).get();
            System.out.println("ready");
            Await.until("all packets", ALL, () -> counter.packets.get() == packets);
            Map<String, Long> after =
                    channel.eventLoop().submit(() -> calls(library)).get();
            after.forEach((name, calls) -> System.out.println(name + " " + (calls - before.get(name))));
            System.out.println("turns " + counter.turns.get());
        }
    }

    /** Returns the names of all functions of libsrt that the binding knows. */
    static SortedSet<String> functions() throws ClassNotFoundException {
        Class<?> binding =
                Class.forName("io.github.srtnetty.libsrt.LibSrt", false, NativeCallsProgram.class.getClassLoader());
        SortedSet<String> names = new TreeSet<>();
        Stream.of(binding.getDeclaredMethods())
                .filter(method -> Modifier.isNative(method.getModifiers()))
                .map(Method::getName)
                .forEach(names::add);
        return names;
    }

    private static Map<String, Long> calls(NativeLibrary library) throws ClassNotFoundException {
        Map<String, Long> calls = new LinkedHashMap<>();
        for (String name : functions()) {
            calls.put(name, library.getGlobalVariableAddress("calls_of_" + name).getLong(0));
        }
        return calls;
    }

    private static final class Counter extends ChannelInboundHandlerAdapter {
        final AtomicInteger packets = new AtomicInteger();
        final AtomicInteger turns = new AtomicInteger();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
            packets.incrementAndGet();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            turns.incrementAndGet();
        }
    }
}
