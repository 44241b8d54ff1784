// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.libsrt.SrtTransmissionType;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.SocketTestPermutation;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;

/** The bootstraps that Netty's own suites run with here: SRT in stream mode, the same group on both sides. */
final class SrtSocketTestPermutation extends SocketTestPermutation {
    static final SrtSocketTestPermutation INSTANCE = new SrtSocketTestPermutation();
    /** Marks Netty's own suites. */
    static final String TAG = "netty-suite";

    private static final EventLoopGroup GROUP = new MultiThreadIoEventLoopGroup(
            NUM_THREADS, new DefaultThreadFactory("testsuite-srt", true), SrtIoHandler.newFactory());

    private SrtSocketTestPermutation() {}

    @Override
    public List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> socket() {
        return combo(serverSocket(), clientSocket());
    }

    @Override
    public List<BootstrapFactory<ServerBootstrap>> serverSocket() {
        return List.of(() -> new ServerBootstrap()
                .group(GROUP)
                .channel(SrtServerChannel.class)
                .option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE));
    }

    @Override
    public List<BootstrapFactory<Bootstrap>> clientSocket() {
        return List.of(() -> new Bootstrap()
                .group(GROUP)
                .channel(SrtChannel.class)
                .option(SrtChannelOption.SRTO_TRANSTYPE, SrtTransmissionType.FILE));
    }
}
