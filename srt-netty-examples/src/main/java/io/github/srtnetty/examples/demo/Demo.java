// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.examples.demo;

import io.github.srtnetty.channel.SrtChannel;
import io.github.srtnetty.channel.SrtChannelOption;
import io.github.srtnetty.channel.SrtServerChannel;
import io.github.srtnetty.codec.mpegts.TimedPayloads;
import io.github.srtnetty.codec.mpegts.TsPacketDecoder;
import io.github.srtnetty.codec.scte35.Scte35Cue;
import io.github.srtnetty.codec.scte35.Scte35Handler;
import io.github.srtnetty.codec.scte35.form.CueLine;
import io.github.srtnetty.examples.cli.Arguments;
import io.github.srtnetty.examples.cli.Fingerprint;
import io.github.srtnetty.examples.cli.FingerprintHandler;
import io.github.srtnetty.examples.cli.SecondsConverter;
import io.github.srtnetty.examples.cli.Session;
import io.github.srtnetty.examples.cli.StandardStreams;
import io.github.srtnetty.examples.cli.StatisticsReport;
import io.github.srtnetty.examples.cli.TargetFile;
import io.github.srtnetty.examples.cli.Version;
import io.github.srtnetty.examples.pace.PacedSender;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code srt-netty demo}: a live stream from a caller to a listener in one process, compared byte for byte. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"%nExamples:", "  srt-netty demo --seconds 3", "  srt-netty demo --seconds 20 -o in.ts"},
        description = {
            "Send a live transport stream of 4 Mbit/s with SCTE-35 cues over loopback. Print each"
                    + " cue and, every second, statistics of the receiver. Check at the end that every byte"
                    + " arrived.",
            "With -o, write the same stream to a file at full speed instead, as a test stream with cues."
        })
public final class Demo implements Callable<Integer> {
    private static final Duration LAST_BYTES = Duration.ofSeconds(10);
    private static final long SEED = 20;

    @Option(
            names = "--seconds",
            converter = SecondsConverter.class,
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "duration of the stream (default: 10)")
    private int seconds;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the stream to this file instead of sending it; an existing file is replaced; - is"
                    + " standard output (default: send)")
    private @Nullable String output;

    @Spec
    private CommandSpec spec;

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final FingerprintHandler arrival = new FingerprintHandler();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, seconds >= 1, "--seconds " + seconds + ": must be 1 or more");
        String to = output;
        if (to != null) {
            try (OutputStream file = TargetFile.open(spec, to)) {
                write(file);
            }
            return 0;
        }
        EventLoopGroup group = Session.newGroup(2);
        Session.onSignal(this::closeChannels);
        try {
            Channel listener = listen(group);
            Fingerprint sent = sendTo((InetSocketAddress) listener.localAddress(), group);
            compare(sent, arrival.await(LAST_BYTES));
            listener.close().sync();
        } finally {
            closeChannels();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        return 0;
    }

    private void write(OutputStream file) throws IOException {
        try (OutputStream buffered = new BufferedOutputStream(file)) {
            DemoStream stream = new DemoStream(seconds, SEED);
            for (var payload = stream.next(); payload != null; payload = stream.next()) {
                buffered.write(payload.bytes());
            }
        }
    }

    /**
     * Closes open channels immediately. A signal handler calls this while the main thread runs; the main thread then
     * ends the loops.
     */
    private synchronized void closeChannels() {
        Session.abort(channels).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }

    private Channel listen(EventLoopGroup group) throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(SrtServerChannel.class)
                .option(SrtChannelOption.SRTO_TLPKTDROP, false) // a busy machine may be late, but all bytes must arrive
                .childHandler(new ChannelInitializer<SrtChannel>() {
                    @Override
                    protected void initChannel(SrtChannel channel) {
                        channels.add(channel);
                        channel.pipeline().addLast(new StatisticsReport(1), arrival);
                        channel.pipeline().addLast(new TsPacketDecoder(), new Scte35Handler(), new CuePrinter());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        channels.add(listener);
        return listener;
    }

    private Fingerprint sendTo(InetSocketAddress listener, EventLoopGroup group)
            throws IOException, InterruptedException {
        PacedSender sender = new PacedSender();
        Channel caller = new Bootstrap()
                .group(group)
                .channel(SrtChannel.class)
                .option(ChannelOption.SO_LINGER, (int) LAST_BYTES.toSeconds())
                .handler(sender)
                .connect(listener)
                .sync()
                .channel();
        channels.add(caller);
        Fingerprint sent = new Fingerprint();
        DemoStream stream = new DemoStream(seconds, SEED);
        sender.send(caller, () -> {
            TimedPayloads.TimedPayload payload = stream.next();
            if (payload != null) {
                sent.add(ByteBuffer.wrap(payload.bytes()));
            }
            return payload;
        });
        caller.close().sync(); // done when the listener has received everything
        return sent;
    }

    private static void compare(Fingerprint sent, Fingerprint arrived) throws IOException {
        String sentHash = sent.sha256Hex();
        String arrivedHash = arrived.sha256Hex();
        if (sent.bytes() != arrived.bytes()) {
            throw new IOException("sent " + sent.bytes() + " bytes, but " + arrived.bytes() + " arrived");
        }
        if (!sentHash.equals(arrivedHash)) {
            throw new IOException(
                    sent.bytes() + " bytes arrived, but not those sent: SHA-256 " + arrivedHash + ", not " + sentHash);
        }
        StandardStreams.println("every byte came through: " + sent.bytes() + " sent, " + arrived.bytes()
                + " received, SHA-256 " + arrivedHash);
    }

    /** Prints cues, and ends the pipeline. */
    private static final class CuePrinter extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof Scte35Cue cue) {
                System.err.println("cue: " + CueLine.describe(cue));
            }
            ReferenceCountUtil.release(msg);
        }
    }
}
