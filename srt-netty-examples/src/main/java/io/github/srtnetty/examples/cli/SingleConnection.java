// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.cli;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.libsrt.PeerText;
import io.netty.channel.ChannelInitializer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts one connection at a time, because a file holds one stream. A listener closes every further connection
 * immediately and logs it on standard error, a few lines per second.
 */
public final class SingleConnection extends ChannelInitializer<SrtChannel> {
    private final AtomicReference<@Nullable SrtChannel> current = new AtomicReference<>();
    private final Notices notices = new Notices();
    private final Consumer<SrtChannel> pipeline;

    /** Uses {@code pipeline} to build the pipeline of the accepted connection. */
    public SingleConnection(Consumer<SrtChannel> pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    protected void initChannel(SrtChannel channel) {
        SrtChannel busyWith = current.compareAndExchange(null, channel);
        if (busyWith != null) {
            notices.print("closed " + peer(channel) + ": busy with " + peer(busyWith));
            channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> current.set(null));
        pipeline.accept(channel);
    }

    /** Returns the peer's address, {@code "?"} where it is not known any more. */
    public static String peer(SrtChannel channel) {
        return channel.remoteAddress() == null ? "?" : PeerText.hostAndPort(channel.remoteAddress());
    }
}
