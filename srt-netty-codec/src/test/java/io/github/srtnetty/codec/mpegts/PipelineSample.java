// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.mpegts;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.TreeMap;

/** The receiving pipeline that docs/mpegts.md shows; MpegTsDocumentTest runs it and compares the text. */
final class PipelineSample extends ChannelInitializer<Channel> {
    private final Viewer viewer = new Viewer();

    Viewer viewer() {
        return viewer;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new TsPacketDecoder(), new ContinuityHandler(), new PsiHandler(), viewer);
    }

    static final class Viewer extends ChannelInboundHandlerAdapter {
        final Map<Integer, Integer> streamTypes = new TreeMap<>();
        private final TsPacket packet = new TsPacket();
        long randomAccessPoints;
        long lostPackets;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof Pmt pmt) {
                pmt.streams().forEach(stream -> streamTypes.put(stream.elementaryPid(), stream.streamType()));
            } else if (msg instanceof TsPackets packets) {
                for (int i = 0; i < packets.count(); i++) {
                    randomAccessPoints += packet.wrap(packets, i).randomAccessIndicator() ? 1 : 0;
                }
            }
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof ContinuityLoss loss) {
                lostPackets += loss.missing();
            }
        }
    }
}
