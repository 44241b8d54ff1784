// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtSocket;
import io.github.srtnetty.libsrt.SrtSocketState;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Accepting, without libsrt and without a channel of this library. */
class SrtAcceptorTest {
    private static final String FAILS = "a socket that fails";
    private static final String CHILD_FAILS = "a socket whose channel fails";
    private static final String UNDECIDED = "a socket that is closed instead";

    private static final String GONE = "the listener is gone";
    private static final String GOING = "libsrt is closing the listener";

    private final FakeLoop loop = new FakeLoop();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Map<Channel, String> names = new HashMap<>();
    private final Events events = new Events();
    private final EmbeddedChannel listener = new EmbeddedChannel(events);
    private final SrtAcceptor<String> acceptor = acceptor();
    private SrtSocketState state = SrtSocketState.LISTENING;

    @AfterEach
    void close() {
        names.keySet().forEach(Channel::close);
        listener.close();
    }

    @Test
    void firesAllThatWait() {
        waiting.addAll(List.of("a", "b"));

        acceptor.ready();

        assertThat(events.all).containsExactly("a", "b", "complete");
        assertThat(loop.submitted).isEmpty();
    }

    @Test
    void leavesConnectionsWaiting_whileNobodyReads() {
        listener.config().setAutoRead(false);
        waiting.add("a");
        acceptor.ready();
        assertThat(events.all).isEmpty();

        acceptor.beginRead();
        assertThat(loop.submitted)
                .as("looks again: libsrt raises no second event")
                .containsExactly(SrtIoOps.IN);
        acceptor.ready();
        waiting.add("b");
        acceptor.ready();

        assertThat(events.all).containsExactly("a", "complete");
    }

    @Test
    void forgetsAReadThatWasTakenBack() {
        listener.config().setAutoRead(false);
        waiting.add("a");
        acceptor.beginRead();

        acceptor.clearReadPending();
        acceptor.ready();

        assertThat(waiting).containsExactly("a");
    }

    @Test
    void leavesTheRestOfManyToTheNextTurn() {
        for (int i = 0; i < 20; i++) {
            waiting.add("a");
        }

        acceptor.ready();

        assertThat(events.all).hasSize(16 + 1);
        assertThat(loop.submitted).containsExactly(SrtIoOps.IN);
    }

    @Test
    void firesNothingForASocketThatWasClosedInstead() {
        waiting.addAll(List.of(UNDECIDED, "b"));

        acceptor.ready();

        assertThat(events.all).containsExactly("b", "complete");
    }

    @Test
    void reportsAFailure_andLooksForOthers() {
        waiting.addAll(List.of(FAILS, "b"));
        acceptor.ready();
        assertThat(events.all).containsExactly("complete", FAILS);
        assertThat(loop.submitted).containsExactly(SrtIoOps.IN);

        acceptor.ready();

        assertThat(events.all).containsExactly("complete", FAILS, "b", "complete");
    }

    @Test
    void reportsNothingWhereLibsrtClosesTheListener() {
        waiting.addAll(List.of("a", GOING));
        state = SrtSocketState.CLOSING;

        acceptor.ready();

        assertThat(events.all).containsExactly("a", "complete");
    }

    @Test
    void reportsNothingWhereLibsrtHasTakenTheListenerAway() {
        waiting.addAll(List.of("a", GONE));
        state = SrtSocketState.NONEXIST;

        acceptor.ready();

        assertThat(events.all).containsExactly("a", "complete");
        assertThat(loop.submitted).isEmpty();
    }

    @Test
    void reportsAnInvalidSocketOfAListenerThatIsThere() {
        waiting.add(GONE);

        acceptor.ready();

        assertThat(events.all).hasSize(2).startsWith("complete");
        assertThat(events.all.get(1)).contains("srt_listen");
    }

    @Test
    void reportsAChannelThatCannotBeMade_andLooksForOthers() {
        waiting.addAll(List.of("a", CHILD_FAILS, "c"));

        acceptor.ready();

        assertThat(events.all).containsExactly("a", "complete", CHILD_FAILS);
        assertThat(loop.submitted).containsExactly(SrtIoOps.IN);
    }

    @Test
    void acceptsNothingAfterTheClose() {
        waiting.addAll(List.of("a", "b"));
        events.onRead = acceptor::closed;

        acceptor.ready();
        acceptor.ready();

        assertThat(events.all).containsExactly("a", "complete");
        assertThat(waiting).containsExactly("b");
        assertThat(loop.submitted).isEmpty();
    }

    private SrtAcceptor<String> acceptor() {
        RecvByteBufAllocator.ExtendedHandle handle =
                (RecvByteBufAllocator.ExtendedHandle) listener.unsafe().recvBufAllocHandle();
        return new SrtAcceptor<>(
                new Waiting(),
                loop,
                new Inbound(listener.pipeline(), listener.config(), () -> handle, () -> {}),
                this::child);
    }

    private @Nullable Channel child(String name) {
        if (name.equals(CHILD_FAILS)) {
            throw new IllegalStateException(name);
        }
        if (name.equals(UNDECIDED)) {
            return null;
        }
        EmbeddedChannel child = new EmbeddedChannel();
        names.put(child, name);
        return child;
    }

    /** A listener with connections of these names. */
    private final class Waiting implements SrtAcceptor.Listener<String> {
        @Override
        public @Nullable String accept() throws SrtException {
            String next = waiting.poll();
            if (GONE.equals(next)) {
                SrtSocket closed = SrtSocket.create();
                closed.close();
                closed.listen(1); // fails as srt_accept does
            }
            if (GOING.equals(next)) {
                SrtSocket notListening = SrtSocket.create();
                try {
                    notListening.accept();
                } finally {
                    notListening.close();
                }
            }
            if (FAILS.equals(next)) {
                throw new IllegalStateException(next);
            }
            return next;
        }

        @Override
        public SrtSocketState state() {
            return state;
        }
    }

    /** Writes down what is fired. */
    private final class Events extends ChannelInboundHandlerAdapter {
        private final List<String> all = new ArrayList<>();
        private Runnable onRead = () -> {};

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            all.add(String.valueOf(names.get((Channel) msg)));
            onRead.run();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            all.add("complete");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            all.add(String.valueOf(cause.getMessage()));
        }
    }
}
