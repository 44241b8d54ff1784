// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.testing.Loopback;
import io.github.srtnetty.channel.testing.StreamMode;
import io.github.srtnetty.testing.Recorder;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Netty's SocketSslSessionReuseTest, which initializes a SocketChannel: TLS finds the session of the same peer again.
 */
@Tag(SrtSocketTestPermutation.TAG)
class SrtSocketSslSessionReuseTest {
    private static final String RESUMES_BY_ID = "TLSv1.2";

    private final Loopback loopback = new Loopback();
    private final List<Recorder> received = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void theSecondConnectionResumesTheSessionOfTheFirst() throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("cn=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SslContext serverSide = SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                .sslProvider(SslProvider.JDK)
                .protocols(RESUMES_BY_ID)
                .build();
        SslContext callerSide = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(RESUMES_BY_ID)
                .trustManager(certificate.toTrustManagerFactory())
                .endpointIdentificationAlgorithm(null)
                .build();
        loopback.listen(
                channel -> {
                    Recorder recorder = new Recorder();
                    received.add(recorder);
                    channel.pipeline().addLast(serverSide.newHandler(channel.alloc()), recorder);
                },
                StreamMode::set);

        sendAndClose(callerSide);
        List<String> afterTheFirst = sessions(callerSide);
        sendAndClose(callerSide);

        assertThat(afterTheFirst).hasSize(1);
        assertThat(sessions(callerSide)).isEqualTo(afterTheFirst);
        for (Recorder recorder : received) {
            recorder.awaitMessages(1);
            assertThat(recorder.failures()).isEmpty();
        }
    }

    private void sendAndClose(SslContext context) {
        SrtChannel caller = loopback.connect(
                new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channel.pipeline()
                                .addLast(context.newHandler(
                                        channel.alloc(),
                                        "localhost",
                                        loopback.address().getPort()));
                    }
                },
                StreamMode::set);
        caller.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {10, 11, 12, 13}))
                .addListener(ChannelFutureListener.CLOSE)
                .syncUninterruptibly();
        caller.closeFuture().syncUninterruptibly();
    }

    private static List<String> sessions(SslContext context) {
        return Collections.list(context.sessionContext().getIds()).stream()
                .map(ByteBufUtil::hexDump)
                .toList();
    }
}
