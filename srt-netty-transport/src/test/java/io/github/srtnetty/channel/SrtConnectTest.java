// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.bootstrap.SrtUri;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.libsrt.SrtException;
import io.github.srtnetty.libsrt.SrtRejectReason;
import io.github.srtnetty.testing.Recorder;
import io.github.srtnetty.testing.TestSecrets;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SrtConnectTest {
    private final Loopback loopback = new Loopback();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void aWrongPassphraseFailsWithItsReason() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE));

        ChannelFuture connect = loopback.tryConnect(
                recorder, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.WRONG_PASSPHRASE));

        assertThat(connect.awaitUninterruptibly().cause())
                .isInstanceOfSatisfying(
                        SrtRejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(SrtRejectReason.BADSECRET))
                .hasMessage("srt_connect(127.0.0.1:" + loopback.address().getPort()
                        + "): rejected, BADSECRET (10): wrong passphrase");
        assertThat(connect.channel().closeFuture().awaitUninterruptibly().isSuccess())
                .isTrue();
        assertThat(recorder.events()).doesNotContain("active", "inactive");
    }

    @Test
    void aMissingPassphraseFailsWithItsReason() {
        loopback.listen(channel -> {}, b -> b.option(SrtChannelOption.SRTO_PASSPHRASE, TestSecrets.PASSPHRASE));

        ChannelFuture connect = loopback.tryConnect(recorder, b -> {});

        assertThat(connect.awaitUninterruptibly().cause())
                .isInstanceOfSatisfying(
                        SrtRejectedException.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(SrtRejectReason.UNSECURE));
    }

    @Tag("slow")
    @Test
    void aConnectTimeoutOfZeroIsNone() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture connect = loopback.caller(recorder, b -> b.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0))
                    .connect(silent.getLocalSocketAddress());

            assertThat(connect.await(4000))
                    .as("libsrt gives up after 3 s by itself")
                    .isFalse();
            assertThat(connect.cancel(true)).isTrue();
        }
    }

    @Test
    void anUnusedPortFailsAfterTheConnectTimeout() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            long start = System.nanoTime();
            ChannelFuture connect = loopback.caller(recorder, b -> b.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 300))
                    .connect(silent.getLocalSocketAddress());

            assertThat(connect.awaitUninterruptibly().cause())
                    .isInstanceOf(ConnectTimeoutException.class)
                    .hasMessage("srt_connect(127.0.0.1:" + silent.getLocalPort()
                            + "): no answer within 300 ms: is anything listening there?");
            assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(290);
        }
    }

    @Test
    void aPendingConnectCanBeCancelled() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture connect = loopback.caller(recorder, b -> {}).connect(silent.getLocalSocketAddress());
            Loopback.awaitHandshake(silent);

            assertThat(connect.cancel(false)).isTrue();

            assertThat(connect.channel().closeFuture().await(10_000)).isTrue();
        }
    }

    @Test
    void closingWhileConnectingFailsTheConnect() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture connect = loopback.caller(recorder, b -> {}).connect(silent.getLocalSocketAddress());
            Loopback.awaitHandshake(silent);

            connect.channel().close().sync();

            assertThat(connect.awaitUninterruptibly().cause()).isInstanceOf(ClosedChannelException.class);
        }
    }

    @Test
    void aSecondConnectIsRefused() throws Exception {
        loopback.listen(channel -> {});
        SrtChannel connected = loopback.connect(recorder);
        assertThat(connected.connect(loopback.address()).awaitUninterruptibly().cause())
                .isInstanceOf(AlreadyConnectedException.class);

        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture pending = loopback.caller(new ChannelInboundHandlerAdapter(), b -> {})
                    .connect(silent.getLocalSocketAddress());
            pending.channel().eventLoop().submit(() -> {}).sync();
            assertThat(pending.channel()
                            .connect(loopback.address())
                            .awaitUninterruptibly()
                            .cause())
                    .isInstanceOf(ConnectionPendingException.class);
            pending.channel().close().sync();
        }
    }

    @Test
    void anUnknownHostFailsTheOpen() {
        ChannelFuture open = SrtUri.parse("srt://no-such-host.invalid:9000").open(loopback.group(), new Recorder());

        assertThat(open.awaitUninterruptibly().cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aPortInUseFailsTheBindWithTheSystemsReason() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ChannelFuture bind = SrtUri.parse("srt://127.0.0.1:" + taken.getLocalPort() + "?mode=listener")
                    .open(loopback.group(), new Recorder());

            assertThat(bind.awaitUninterruptibly().cause())
                    .isInstanceOf(SrtException.class)
                    .hasMessageContaining("srt_bind(")
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("Address already in use");
        }
    }

    @Test
    void aWildcardOfIpv6AlsoTakesIpv4() {
        loopback.on("::").listen(channel -> {});

        SrtChannel caller = (SrtChannel) loopback.caller(recorder, b -> {})
                .connect(new InetSocketAddress("127.0.0.1", loopback.address().getPort()))
                .syncUninterruptibly()
                .channel();

        assertThat(caller.isActive()).isTrue();
    }

    @Test
    void anUnresolvedAddressIsRefused() {
        SrtChannel channel = new SrtChannel();
        loopback.group().register(channel).syncUninterruptibly();

        assertThatThrownBy(() -> channel.connect(InetSocketAddress.createUnresolved("h", 1))
                        .syncUninterruptibly())
                .isInstanceOf(UnresolvedAddressException.class)
                .hasMessage("unknown host: h");
        channel.close().syncUninterruptibly();
    }
}
