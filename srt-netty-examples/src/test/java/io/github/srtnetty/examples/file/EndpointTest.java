// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtRejectedException;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.file.StallTimeout.Limit;
import io.github.srtnetty.examples.media.Loops;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Await;
import io.github.srtnetty.testing.Peer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers can make a listener keep. */
class EndpointTest {
    private static final Limit LITTLE = Limit.total(Duration.ofMillis(100));
    private static final Limit ENOUGH = Limit.total(Duration.ofSeconds(20));
    private static final int PER_ADDRESS = 3;

    private final Loops loops = new Loops();
    private final EventLoopGroup callers = Session.newGroup(1);
    private final List<StreamConnection> accepted = new ArrayList<>();
    private int port;
    private Endpoint endpoint;

    @BeforeEach
    void listen() throws IOException, InterruptedException {
        port = Peer.freePort();
        SrtUri listener = SrtUri.parse("srt://127.0.0.1:" + port + "?mode=listener");
        endpoint = new Endpoint(
                listener,
                loops,
                LITTLE,
                new Places(PER_ADDRESS),
                id -> id.equals("no") ? SrtRejectReason.FORBIDDEN : null);
        endpoint.open();
    }

    @AfterEach
    void close() {
        callers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        accepted.forEach(StreamConnection::close);
        endpoint.close();
        loops.close();
    }

    @Test
    void letsSoManyInOfAnAddress_untilOneLeaves_andOthersMeanwhile() throws Exception {
        SrtChannel first = letIn("127.0.0.1");
        for (int i = 1; i < PER_ADDRESS; i++) {
            letIn("127.0.0.1");
        }
        assertRejected(call("127.0.0.1", ""), SrtRejectReason.OVERLOAD);

        letIn("127.0.0.2");

        first.close().sync();
        Await.until(
                "another is let in",
                () -> call("127.0.0.1", "").awaitUninterruptibly().isSuccess());
        accepted.add(endpoint.next());
    }

    @Test
    void letsNoMoreInThanThereArePlaces_whoeverCalls() throws Exception {
        for (int i = 0; i < Places.TOTAL; i++) {
            letIn("127.0.1." + (1 + i / PER_ADDRESS));
        }
        assertRejected(call("127.0.0.1", ""), SrtRejectReason.OVERLOAD);
    }

    @Test
    void aRejectedCallerEndsNothing() throws Exception {
        assertRejected(call("127.0.0.1", "no"), SrtRejectReason.FORBIDDEN);

        letIn("127.0.0.1");
    }

    @Test
    void readsNothingBeforeSomebodyTakesTheConnection() throws Exception {
        SrtChannel caller = letIn("127.0.0.1");
        StreamConnection connection = accepted.get(0);
        caller.writeAndFlush(Unpooled.copiedBuffer(new byte[] {7})).sync();
        Await.until("it is at the listener", () -> caller.config().get(SrtChannelOption.SRTO_SNDDATA) == 0);

        assertThatThrownBy(() -> connection.in().read()).hasMessageContaining("sent nothing");

        connection.limit(ENOUGH);
        connection.start();
        assertThat(connection.in().read()).isEqualTo(7);
    }

    private SrtChannel letIn(String from) throws IOException, InterruptedException {
        SrtChannel channel = (SrtChannel) call(from, "").sync().channel();
        accepted.add(endpoint.next());
        return channel;
    }

    private static void assertRejected(ChannelFuture call, SrtRejectReason reason) throws InterruptedException {
        assertThat(call.await().cause())
                .isInstanceOfSatisfying(
                        SrtRejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    private ChannelFuture call(String from, String streamId) {
        return SrtUri.parse("srt://127.0.0.1:" + port + "?mode=caller&transtype=file&conntimeo=20000&bind=" + from
                        + ":0&streamid=" + streamId)
                .open(callers, new ChannelInboundHandlerAdapter());
    }
}
