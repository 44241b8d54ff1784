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

/** Accepts callers with a token, each with the passphrase of its stream, and hands the user's name to the handler. */
public final class TokenFilter implements SrtAcceptFilter {
    /** The user that a caller was accepted as. */
    static final AttributeKey<String> USER = AttributeKey.valueOf(TokenFilter.class, "user");

    /** A token's user, and the stream that it is for. */
    public record Permit(String user, String stream) {}

    private final Map<String, Permit> permits;
    private final Map<String, String> passphrases;

    /** Creates a filter; the keys of {@code permits} are tokens, those of {@code passphrases} names of streams. */
    public TokenFilter(Map<String, Permit> permits, Map<String, String> passphrases) {
        this.permits = Map.copyOf(permits);
        this.passphrases = Map.copyOf(passphrases);
    }

    @Override
    public SrtAcceptDecision decide(SrtAcceptRequest request) {
        SrtStreamId id = SrtStreamId.tryParse(request.streamId()); // #!::r=studio,s=TOKEN
        if (id == null || id.resource() == null || id.session() == null) {
            return SrtAcceptDecision.reject(SrtRejectReason.BAD_REQUEST);
        }
        Permit permit = permits.get(id.session());
        String passphrase = passphrases.get(id.resource());
        if (permit == null || passphrase == null || !permit.stream().equals(id.resource())) {
            return SrtAcceptDecision.reject(SrtRejectReason.UNAUTHORIZED);
        }
        return SrtAcceptDecision.accept()
                .with(SrtChannelOption.SRTO_PASSPHRASE, passphrase)
                .attr(USER, permit.user());
    }

    static ServerBootstrap configure(
            ServerBootstrap listener, TokenFilter filter, Function<String, ChannelHandler> handlerOfUser) {
        return listener.option(SrtServerChannelOption.ACCEPT_FILTER, filter)
                .childHandler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        String user = channel.attr(TokenFilter.USER).get();
                        channel.pipeline().addLast(handlerOfUser.apply(user));
                    }
                });
    }
}
