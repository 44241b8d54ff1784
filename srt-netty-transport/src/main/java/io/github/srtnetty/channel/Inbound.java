// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.channel;

import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import java.util.function.Supplier;

/**
 * The inbound side of a channel, for the parts that read and accept.
 *
 * @param pipeline the pipeline through which messages and failures are fired
 * @param config the configuration, for auto-read and the allocator
 * @param handles returns the handle that allocates buffers and limits the messages of one turn
 * @param close closes the channel
 */
record Inbound(
        ChannelPipeline pipeline,
        ChannelConfig config,
        Supplier<RecvByteBufAllocator.ExtendedHandle> handles,
        Runnable close) {}
