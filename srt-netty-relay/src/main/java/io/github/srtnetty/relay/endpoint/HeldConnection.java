// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.relay.endpoint;

import io.github.srtnetty.relay.hook.HookAnswer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds an accepted connection until the hook has decided: it reads and sends nothing, while libsrt buffers the data of
 * the peer. Without an answer in time, the connection is closed.
 */
final class HeldConnection extends ChannelInboundHandlerAdapter {
    /** As long as a caller waits for a handshake. */
    static final int MOST_MILLIS = 3000;

    private final ConnectionLog log;
    private final CompletableFuture<HookAnswer> answer;
    private final Runnable enter;
    private @Nullable Future<?> timer;
    private boolean decided;
    private boolean entered;

    /**
     * Creates the handler.
     *
     * @param enter adds the handlers of an admitted connection
     */
    HeldConnection(ConnectionLog log, CompletableFuture<HookAnswer> answer, Runnable enter) {
        this.log = log;
        this.answer = answer;
        this.enter = enter;
    }

    /** Returns whether the connection was admitted. On its event loop. */
    boolean hasEntered() {
        return entered;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(false);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        timer = ctx.executor().schedule(() -> late(ctx), MOST_MILLIS, TimeUnit.MILLISECONDS);
        answer.thenAccept(decision -> {
            try {
                ctx.executor().execute(() -> decided(ctx, decision));
            } catch (RejectedExecutionException e) {
                ctx.channel().close(); // the relay has ended
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (decide()) {
            log.line("left before the hook answered");
        }
    }

    private void late(ChannelHandlerContext ctx) {
        if (decide()) {
            close(ctx, "the hook did not answer within " + MOST_MILLIS + " ms");
        }
    }

    private void decided(ChannelHandlerContext ctx, HookAnswer decision) {
        if (!decide()) {
            return;
        }
        if (decision.rejection() != null) {
            close(ctx, decision.why() + ", " + decision.rejection());
        } else if (decision.needsHandshake()) {
            close(ctx, "the answer of the hook has a passphrase or options, which apply from the next attempt on");
        } else {
            if (!decision.user().isEmpty()) {
                log.connection().user(decision.user());
            }
            ctx.pipeline().remove(this);
            entered = true;
            enter.run();
            ctx.pipeline().fireChannelActive(); // the added handlers must receive it
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Returns whether this is the first decision. */
    private boolean decide() {
        if (decided) {
            return false;
        }
        decided = true;
        if (timer != null) {
            timer.cancel(false);
        }
        return true;
    }

    private void close(ChannelHandlerContext ctx, String why) {
        log.line("closed: %s", why);
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ctx.close();
    }
}
