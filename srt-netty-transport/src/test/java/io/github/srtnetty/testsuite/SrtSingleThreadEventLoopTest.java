// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.testsuite;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtIoHandler;
import io.github.srtnetty.channel.SrtServerChannel;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import org.junit.jupiter.api.Tag;

@Tag(SrtSocketTestPermutation.TAG)
class SrtSingleThreadEventLoopTest extends AbstractSingleThreadEventLoopTest {
    @Override
    protected EventLoopGroup newEventLoopGroup() {
        return new MultiThreadIoEventLoopGroup(1, SrtIoHandler.newFactory());
    }

    @Override
    protected EventLoopGroup newAutoScalingEventLoopGroup() {
        return new MultiThreadIoEventLoopGroup(
                SCALING_MAX_THREADS, null, AUTO_SCALING_CHOOSER_FACTORY, SrtIoHandler.newFactory());
    }

    @Override
    protected Channel newChannel() {
        return new SrtChannel();
    }

    @Override
    protected Class<? extends ServerChannel> serverChannelClass() {
        return SrtServerChannel.class;
    }
}
