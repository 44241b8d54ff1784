// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.guide;

import io.github.srtnetty.bootstrap.SrtStreamId;
import io.github.srtnetty.channel.SrtAcceptDecision;
import io.github.srtnetty.channel.SrtAcceptFilter;
import io.github.srtnetty.channel.SrtAcceptRequest;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtServerChannelOption;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.util.AttributeKey;
import java.util.Map;
import java.util.function.Function;

/**
 * Accepts callers of known streams, each with the passphrase of its stream, and hands the stream's name to the channel.
 */
public final class StudioFilter implements SrtAcceptFilter {
    /** The stream that a caller was accepted for. */
    static final AttributeKey<String> STREAM = AttributeKey.valueOf(StudioFilter.class, "stream");

    private final Map<String, String> passphrases;

    /** Creates a filter; {@code passphrases} maps the names of streams to passphrases. */
    public StudioFilter(Map<String, String> passphrases) {
        this.passphrases = Map.copyOf(passphrases);
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest request) {
        SrtStreamId id = SrtStreamId.tryParse(request.streamId());
        if (id == null || id.resource() == null) {
            return SrtAcceptDecision.reject(SrtRejectReason.BAD_REQUEST);
        }
        String passphrase = passphrases.get(id.resource());
        if (passphrase == null) {
            return SrtAcceptDecision.reject(SrtRejectReason.NOTFOUND);
        }
        return SrtAcceptDecision.accept()
                .with(SrtChannelOption.SRTO_PASSPHRASE, passphrase)
                .attr(STREAM, id.resource());
    }

    static ServerBootstrap configure(
            ServerBootstrap listener,
            Map<String, String> passphrases,
            Function<String, ChannelHandler> handlerOfStream) {
        return listener.option(SrtServerChannelOption.ACCEPT_FILTER, new StudioFilter(passphrases))
                .childHandler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        String stream = channel.attr(STREAM).get();
                        channel.pipeline().addLast(handlerOfStream.apply(stream));
                    }
                });
    }
}
